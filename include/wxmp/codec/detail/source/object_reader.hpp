// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_OBJECT_READER_HPP
#define WXMP_CODEC_DETAIL_SOURCE_OBJECT_READER_HPP

#include <wxmp/codec/detail/object_reader.hpp>
#include <wxmp/codec/detail/source/unknown.hpp>
#include <wxmp/codec/detail/text/word.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

inline void note(noted_members all, std::string_view name, const json_reader::mark& value) {
    for (auto& n : all)
        if (n.name == name) n.value = value;
}

// Skips a value, and calls `see(name)` before that of each member, if it is an object.
template <class See> bool skip_members(json_reader& in, See see) {
    if (in.next() != json_kind::object) return in.skip();
    for (auto all = in.object(); all.more();) {
        std::string_view name;
        if (!in.name(name)) return false;
        see(name);
        if (!in.skip()) return false;
    }
    return !in.is_broken();
}

// Skips a value, and records some of its members, if it is an object.
inline bool note_members(json_reader& in, noted_members noted) {
    return skip_members(in, [&](std::string_view name) { note(noted, name, in.here()); });
}

// Skips a value. The index of the first of the names that is there, or their number.
inline std::size_t find_first(json_reader& in, member_names names) {
    auto first = names.size();
    skip_members(in, [&](std::string_view name) {
        for (std::size_t i = 0; i < first; ++i)
            if (names[i] == name) first = i;
    });
    return first;
}

/* Reads the members of one object in any order; of equal names the last one is used.

   A member that does not fit is recorded and skipped, so that broken text takes precedence over any other
   fault, and faults are reported in the order of the table, whatever the order on the wire. */
class object_reader {
public:
    object_reader(void* object, const reader_table& table, json_reader& in, const json_path& at,
                  const special_members* special) noexcept
        : object_(object),
          table_(table),
          in_(in),
          at_(at),
          special_(special),
          unseen_(table.with_json()),
          expected_(special ? 0 : unseen_),
          next_(table.begin()) {}

    [[gnu::always_inline]] bool run() {
        if (!in_.begins_with('{')) return in_.next(), at_.fail(errc::wrong_type);
        auto all = in_.object();
        inside_ = in_.here();
        for (const member_reader* m{}; more(all, m);)
            if (!(m ? read_known(*m) : read_named())) return false;
        if (in_.is_broken()) return false;
        if (others_) keep_last_of_equal_names(*others_, first_other_);
        return complete();
    }

private:
    // Whether another member follows. If `m` is set, it is that one and its name was read.
    [[gnu::always_inline]] bool more(json_reader::list& all, const member_reader*& m) {
        m = nullptr;
        return all.more([&](std::string_view rest) {
            m = find_plain(rest);
            return m ? rest.data() + m->key.size() : nullptr;
        });
    }

    bool read_named() {
        std::string_view name;
        if (!in_.name(name)) return false;
        const auto* m = find_member(table_, name);
        return m && m->has_json() ? read_known(*m) : read_unknown(name);
    }

    // Most objects are nearly in the order of the table, and most names have no escapes.
    const member_reader* find_plain(std::string_view rest) const noexcept {
        if (rest.size() < 8) return nullptr;
        const auto word = text_engine::word_at(rest.data());
        const auto is_it = [&](const member_reader& m) {
            return m.key.begins_like(word) && m.key.is_at(rest.data(), rest.size(), m.name);
        };
        for (auto m = next_; m != table_.end(); ++m)
            if (is_it(*m)) return m;
        for (auto m = table_.begin(); m != next_; ++m)
            if (is_it(*m)) return m;
        return nullptr;
    }

    [[gnu::always_inline]] bool read_known(const member_reader& m) {
        next_ = &m + 1;
        if ((expected_ & m.bit) == 0) {
            if (const auto done = done_otherwise(m)) return *done;
        }
        expected_ &= ~m.bit;
        const char* const start = in_.here().at;
        return read_value(m) || skip_unfit(m, start);
    }

    // Most values have one usual form and are read here: a call for each would cost more than reading it.
    [[gnu::always_inline]] bool read_value(const member_reader& m) {
        void* const v = m.at(object_);
        return read_usual(m.type, v) || m.read(v, in_, json_path(at_, m.name));
    }

    // False if the value has another form, or the text is broken.
    [[gnu::always_inline]] bool read_usual(std::uint8_t type, void* v) {
        return visit_usual(usual_types(), type, v, [this](auto& value) { return usual(value); });
    }
    [[gnu::always_inline]] bool usual(std::string& v) { return in_.begins_with('"') && in_.text(v); }
    [[gnu::always_inline]] bool usual(std::optional<std::string>& v) {
        std::string_view text;
        if (!in_.begins_with('"') || !in_.text(text)) return false;
        v.emplace(text.data(), text.size());
        return true;
    }
    template <std::integral T> bool usual(T& v) noexcept {
        std::int64_t n{};
        if (!in_.short_integer(n, most<T>)) return false;
        v = static_cast<T>(n);
        return true;
    }
    bool usual(flag& v) noexcept { return usual(v.value); }
    bool usual(std::chrono::sys_seconds& v) noexcept {
        std::int64_t n{};
        return usual(n) && (v = std::chrono::sys_seconds(std::chrono::seconds(n)), true);
    }
    template <class T> bool usual(std::optional<T>& v) noexcept { return usual(v.emplace()); }

    // The largest number of a type that can be read here.
    template <class T>
    static constexpr auto most = static_cast<std::int64_t>(
        std::min<std::uint64_t>(std::numeric_limits<T>::max(), std::numeric_limits<std::int64_t>::max()));

    // Handles a member that is special, or repeated. Empty: it is still to be read as usual.
    std::optional<bool> done_otherwise(const member_reader& m) {
        note_value(m.name);
        if (!m.has_json()) return read_unknown(m.name);
        if (is_left_out(m)) return in_.skip();
        if (has_seen(m)) forget(m);
        unseen_ &= ~m.bit;
        return std::nullopt;
    }

    void note_value(std::string_view name) {
        if (special_ && !special_->noted.empty()) note(special_->noted, name, in_.here());
    }

    bool skip_unfit(const member_reader& m, const char* start) {
        if (in_.is_broken()) return false;
        if (!at_.fault()) json_path(at_, m.name).fail(errc::wrong_type);
        faults_.emplace_front(&m, *std::move(at_.fault()));
        at_.fault().reset();
        in_.go_back({start, inside_.depth_left});
        return in_.skip();
    }

    bool read_unknown(std::string_view name) {
        in_.next();
        note_value(name);
        if (!others_ && !find_others()) return in_.skip();
        auto& entry = others_->entries.emplace_back();
        entry.name = name;
        return in_.exact_text(entry.json);
    }

    bool find_others() {
        if (!table_.unknown()) return false;
        others_ = static_cast<unknown_members*>(table_.unknown()->at(object_));
        first_other_ = others_->entries.size();
        return true;
    }

    void forget(const member_reader& m) {
        m.clear(m.at(object_));
        faults_.remove_if([&m](const auto& f) { return f.first == &m; });
    }

    // Reports the first fault in the order of the table, if any.
    bool complete() {
        if (faults_.empty() && (table_.required() & unseen()) == 0) return true;
        for (const auto& m : table_) {
            for (auto& f : faults_)
                if (f.first == &m) return at_.fault() = std::move(f.second), false;
            if (m.required && m.has_json() && !has_seen(m) && !is_left_out(m))
                return json_path(at_, m.name).fail(errc::missing_member);
        }
        return true;
    }

    bool is_left_out(const member_reader& m) const noexcept {
        return special_ && std::count(special_->left_out.begin(), special_->left_out.end(), m.name) != 0;
    }
    bool has_seen(const member_reader& m) const noexcept { return (unseen() & m.bit) == 0; }
    std::uint64_t unseen() const noexcept { return special_ ? unseen_ : expected_; }

    void* object_;
    const reader_table& table_;
    json_reader& in_;
    const json_path& at_;
    const special_members* special_;
    std::uint64_t unseen_;       // a bit for each member not seen yet; only used with special members
    std::uint64_t expected_;     // a bit for each member that can be read without further checks
    const member_reader* next_;  // the member expected next
    json_reader::mark inside_{};
    unknown_members* others_ = nullptr;
    std::size_t first_other_ = 0;
    std::forward_list<std::pair<const member_reader*, error>> faults_;
};

inline bool read_members(void* object, json_reader& in, const reader_table& table, const json_path& at,
                         const special_members* special) {
    return object_reader(object, table, in, at, special).run();
}

inline bool read_alternative(void* object, json_reader& in, const reader_table& table,
                             member_names discriminators, const json_path& at) {
    if (in.next() != json_kind::object) return at.fail(errc::wrong_type);
    const auto start = in.here();
    auto which = find_first(in, discriminators);
    if (in.is_broken()) return false;
    in.go_back(start);
    for (const auto& m : table) {
        if (!m.has_json()) continue;
        if (which == 0) return m.read(m.at(object), in, at);
        --which;
    }
    return at.fail(errc::missing_member);
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
