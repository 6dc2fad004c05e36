// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_OBJECT_WRITER_HPP
#define WXMP_CODEC_DETAIL_SOURCE_OBJECT_WRITER_HPP

#include <wxmp/codec/detail/object_writer.hpp>
#include <wxmp/codec/detail/source/unknown.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
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
        : out_(out), object_(object), table_(table), at_(at), leading_(leading), sent_(table.with_json()) {
        for (const auto& name : left_out) sent_ &= ~bit_of(name);
        if (table.unknown()) others_ = static_cast<const unknown_members*>(table.unknown()->in(object));
    }

    [[gnu::always_inline]] bool run() {
        const auto size = out_.size();
        const auto begin = out_.to_ - out_.begin_;
        auto rest = sent_;
        for (const auto& l : leading_) {
            if (!write_leading(l)) return false;
            rest &= ~bit_of(l.name);
        }
        if (others_) rest |= table_.unknown()->bit;
        for (const auto& m : table_)
            if ((rest & m.bit) != 0 && !(m.has_json() ? write(m) : write_others())) return false;
        if (out_.size() == size) return out_.raw("{}"), true;
        if (out_.is_complete()) out_.begin_[begin] = '{';  // in place of the first comma
        return out_.raw("}"), true;
    }

private:
    std::uint64_t bit_of(std::string_view name) const noexcept {
        const auto* m = find_member(table_, name);
        return m ? m->bit : 0;
    }

    bool leads(std::string_view name) const noexcept {
        for (const auto& l : leading_)
            if (l.name == name) return true;
        return false;
    }

    // The member with this name, if it is sent; else null.
    const member_writer* find_sent(std::string_view name) const {
        const auto* m = find_member(table_, name);
        return m && (sent_ & m->bit) != 0 && m->is_set(m->in(object_)) ? m : nullptr;
    }

    bool write_leading(const leading_member& l) {
        if (const auto* m = find_sent(l.name)) return write(*m);
        if (!out_.name(l.name, false, at_)) return false;
        const auto* by = others_ ? find_last(*others_, l.name) : nullptr;
        out_.raw(by ? by->json : l.json);
        return true;
    }

    [[gnu::always_inline]] bool write(const member_writer& m) {
        const auto* value = m.in(object_);
        if (!m.is_set(value)) return true;
        const bool has_room = write_name(m.before);
        const auto* by = others_ ? find_last(*others_, m.name) : nullptr;
        if (by) return write_unsent(m, value) && (write_unknown(out_, *by), true);
        return (has_room && write_usual(m.type, value)) || m.write(out_, value, json_path(at_, m.name));
    }

    // No name of a struct's member needs an escape. Whether there is room for it, and for an integer.
    [[gnu::always_inline]] bool write_name(json_name name) {
        if (!out_.make_room(name.size + json_name::piece + text_engine::room_for_integer))
            return out_.count(name.size), false;
        char* const to = out_.to_;
        std::memcpy(to, name.text, json_name::piece);
        for (auto i = json_name::piece; i < name.size; i += json_name::piece)
            std::memcpy(to + i, name.text + i, json_name::piece);
        out_.to_ = to + name.size;
        return true;
    }

    // Most values are written here: a call for each would cost more than writing it. False if the value is
    // of another type, or not valid.
    [[gnu::always_inline]] bool write_usual(std::uint8_t type, const void* v) {
        return visit_usual(usual_types(), type, const_cast<void*>(v),
                           [this](const auto& value) { return usual(value); });
    }
    bool usual(const std::string& v) { return out_.text(v); }
    template <std::integral T> bool usual(T v) {
        return out_.to_ = text_engine::write_integer(out_.to_, v), true;
    }
    bool usual(flag v) { return usual(std::uint32_t{v.value}); }
    bool usual(std::chrono::sys_seconds v) { return usual(v.time_since_epoch().count()); }
    template <class T> bool usual(const std::optional<T>& v) { return usual(*v); }

    // What is replaced by an unknown member must be valid nevertheless.
    bool write_unsent(const member_writer& m, const void* value) {
        std::string unsent;
        const auto write = [&](json_writer& out, const json_path& at) { return m.write(out, value, at); };
        return append_text(unsent, json_path(at_, m.name), write);
    }

    // The unknown members that did not replace a known one.
    bool write_others() {
        const last_entries last(*others_);
        for (const auto& e : others_->entries) {
            const json_path here(at_, e.name);
            if (!check_unknown(e, here)) return false;
            const auto* by = last.of(e);
            if (!by || leads(e.name) || find_sent(e.name)) continue;
            if (!out_.name(e.name, false, here)) return false;
            write_unknown(out_, *by);
        }
        return true;
    }

    json_writer& out_;
    const void* object_;
    const writer_table& table_;
    const json_path& at_;
    leading_members leading_;
    std::uint64_t sent_;  // the bits of members that are not left out
    const unknown_members* others_ = nullptr;
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
