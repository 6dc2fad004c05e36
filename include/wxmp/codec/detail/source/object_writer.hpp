// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_OBJECT_WRITER_HPP
#define WXMP_CODEC_DETAIL_SOURCE_OBJECT_WRITER_HPP

#include <wxmp/codec/detail/object_writer.hpp>
#include <wxmp/codec/detail/source/unknown.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

// Writes the members of an object.
class object_writer {
public:
    object_writer(json_writer& out, const void* object, const writer_table& table, const json_path& at,
                  member_names left_out, leading_members leading) noexcept
        : out_(out), object_(object), table_(table), at_(at), left_out_(left_out), leading_(leading) {
        if (table.unknown()) others_ = static_cast<const unknown_members*>(table.unknown()->in(object));
    }

    bool run() {
        for (const auto& l : leading_)
            if (!write_leading(l)) return false;
        for (const auto& m : table_)
            if (!leads(m.name) && !write(m)) return false;
        out_.raw(is_first_ ? "{}" : "}");
        return true;
    }

private:
    bool leads(std::string_view name) const noexcept {
        for (const auto& l : leading_)
            if (l.name == name) return true;
        return false;
    }

    bool is_sent(const member_writer& m, const void* value) const {
        return m.has_json() && m.is_set(value) && !is_among(left_out_, m.name);
    }

    bool write_leading(const leading_member& l) {
        const auto* m = find_member(table_, l.name);
        if (m && is_sent(*m, m->in(object_))) return write(*m);
        if (!out_.name(l.name, is_first_, at_)) return false;
        const auto* by = others_ ? find_last(*others_, l.name) : nullptr;
        out_.raw(by ? by->json : l.json);
        return true;
    }

    bool write(const member_writer& m) {
        if (m.kind == member_kind::unknown) return write_others();
        const auto* value = m.in(object_);
        if (!is_sent(m, value)) return true;
        const json_path here(at_, m.name);
        write_name(m);
        const auto* by = others_ ? find_last(*others_, m.name) : nullptr;
        if (!by) return m.write(out_, value, here);
        std::string unsent;  // the member must be valid nevertheless
        const auto write = [&](json_writer& out, const json_path& at) { return m.write(out, value, at); };
        if (!append_text(unsent, here, write)) return false;
        write_unknown(out_, *by);
        return true;
    }

    // No name of a struct's member needs an escape.
    void write_name(const member_writer& m) {
        const auto [text, size] = m.before;
        if (!out_.make_room(size + json_name::piece)) return out_.count(size);
        for (std::size_t i = 0; i < size; i += json_name::piece)
            std::memcpy(out_.to_ + i, text + i, json_name::piece);
        *out_.to_ = std::exchange(is_first_, false) ? '{' : ',';
        out_.to_ += size;
    }

    // The unknown members that did not replace a known one.
    bool write_others() {
        const last_entries last(*others_);
        for (const auto& e : others_->entries) {
            const json_path here(at_, e.name);
            if (!check_unknown(e, here)) return false;
            const auto* by = last.of(e);
            if (!by || is_written(e.name)) continue;
            if (!out_.name(e.name, is_first_, here)) return false;
            write_unknown(out_, *by);
        }
        return true;
    }

    bool is_written(std::string_view name) const {
        const auto* m = find_member(table_, name);
        return leads(name) || (m && is_sent(*m, m->in(object_)));
    }

    json_writer& out_;
    const void* object_;
    const writer_table& table_;
    const json_path& at_;
    member_names left_out_;
    leading_members leading_;
    const unknown_members* others_ = nullptr;
    bool is_first_ = true;
};

inline bool write_members(json_writer& out, const void* object, const writer_table& table,
                          const json_path& at, member_names left_out, leading_members leading) {
    return object_writer(out, object, table, at, left_out, leading).run();
}

inline bool write_alternative(json_writer& out, const void* object, const writer_table& table,
                              const json_path& at) {
    for (const auto& m : table) {
        const auto* value = m.in(object);
        if (m.has_json() && m.is_set(value)) return m.write(out, value, at);
    }
    return at.fail(errc::missing_member);
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
