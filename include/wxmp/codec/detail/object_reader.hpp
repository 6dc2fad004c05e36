// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_OBJECT_READER_HPP
#define WXMP_CODEC_DETAIL_OBJECT_READER_HPP

#include <wxmp/codec/detail/unknown.hpp>
#include <wxmp/codec/member_table.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::detail {

// A member whose text somebody wants to look at, besides the struct that is read.
struct noted_member {
    std::string_view name;
    std::optional<json_reader::mark> value{};  // the last one
};
using noted_members = std::span<noted_member>;

inline void note(noted_members all, std::string_view name, const json_reader::mark& value) {
    for (auto& n : all)
        if (n.name == name) n.value = value;
}

// Reads over an object and notes some of its members; where it is no object, there are none.
inline bool note_members(json_reader& in, noted_members noted) {
    if (in.next() != json_kind::object) return in.skip();
    for (auto all = in.object(); all.more();) {
        std::string_view name;
        if (!in.name(name)) return false;
        note(noted, name, in.here());
        if (!in.skip()) return false;
    }
    return !in.is_broken();
}

/* Reads the members of one object in whatever order they come, the last of equal names counting.

   A member that does not fit is noted and skipped: broken text comes before every other fault, and the first
   member of the table before those behind it, whatever the order on the wire. */
class object_reader {
public:
    object_reader(void* object, member_table table, json_reader& in, const place& at, member_names left_out,
                  noted_members noted) noexcept
        : object_(object), table_(table), in_(in), at_(at), left_out_(left_out), noted_(noted) {}

    bool run() {
        if (in_.next() != json_kind::object) return at_.fail(errc::wrong_type);
        for (auto all = in_.object(); all.more();)
            if (!read_one()) return false;
        if (in_.is_broken()) return false;
        if (others_) keep_last_of_equal_names(*others_, first_other_);
        return complete();
    }

private:
    using index = std::size_t;

    bool read_one() {
        const auto plain = position_of_plain(in_.rest_of_name());
        if (plain < table_.size()) return in_.plain_name(table_[plain].name.size()), read_known(plain);
        std::string_view name;
        if (!in_.name(name)) return false;
        const auto i = position_of(name);
        return i < table_.size() ? read_known(i) : read_unknown(name);
    }

    // Most objects come nearly in the order of the table, and most names without escapes.
    index position_of_plain(std::string_view rest) const noexcept {
        for (index i = next_; i != table_.size(); ++i)
            if (json_reader::begins_with_name(rest, table_[i].name)) return i;
        for (index i = 0; i != next_; ++i)
            if (json_reader::begins_with_name(rest, table_[i].name)) return i;
        return table_.size();
    }

    index position_of(std::string_view name) const noexcept {
        index i = 0;
        while (i != table_.size() && !(table_[i].has_json() && table_[i].name == name)) ++i;
        return i;
    }

    bool read_known(index i) {
        const auto& m = table_[i];
        next_ = i + 1;
        const auto start = in_.here();
        if (!noted_.empty()) note(noted_, m.name, start);
        if (!m.has_json()) return read_unknown(m.name);
        if (is_among(left_out_, m.name)) return in_.skip();
        auto* const value = m.at(object_);
        if (has_seen(i)) forget(i, value);
        mark_seen(i);
        return m.read(value, in_, place(at_, m.name)) || skip_unfit(i, start);
    }

    bool skip_unfit(index i, const json_reader::mark& start) {
        if (in_.is_broken()) return false;
        if (!at_.fault()) place(at_, table_[i].name).fail(errc::wrong_type);
        faults_.emplace_back(i, *std::move(at_.fault()));
        at_.fault().reset();
        in_.go_back(start);
        return in_.skip();
    }

    bool read_unknown(std::string_view name) {
        in_.next();
        if (!noted_.empty()) note(noted_, name, in_.here());
        if (!others_ && !find_others()) return in_.skip();
        auto& entry = others_->entries.emplace_back();
        entry.name = name;
        return in_.exact_text(entry.json);
    }

    bool find_others() {
        for (const auto& m : table_)
            if (m.kind == member_kind::unknown) {
                others_ = static_cast<unknown_members*>(m.at(object_));
                first_other_ = others_->entries.size();
            }
        return others_ != nullptr;
    }

    void forget(index i, void* value) {
        table_[i].clear(value);
        std::erase_if(faults_, [i](const auto& f) { return f.first == i; });
    }

    // The first fault of the table, if any.
    bool complete() {
        if (faults_.empty() && (table_.required() & ~seen_) == 0) return true;
        for (index i = 0; i != table_.size(); ++i) {
            for (auto& f : faults_)
                if (f.first == i) return at_.fault() = std::move(f.second), false;
            const auto& m = table_[i];
            if (m.required && m.has_json() && !has_seen(i) && !is_among(left_out_, m.name))
                return place(at_, m.name).fail(errc::missing_member);
        }
        return true;
    }

    bool has_seen(index i) const noexcept { return (seen_ >> i & 1) != 0; }
    void mark_seen(index i) noexcept { seen_ |= std::uint64_t{1} << i; }

    void* object_;
    member_table table_;
    json_reader& in_;
    const place& at_;
    member_names left_out_;
    noted_members noted_;
    index next_ = 0;          // the member that is expected
    std::uint64_t seen_ = 0;  // a bit for each member
    unknown_members* others_ = nullptr;
    std::size_t first_other_ = 0;
    std::vector<std::pair<index, error>> faults_;
};

inline bool read_members(void* object, json_reader& in, member_table table, const place& at,
                         member_names left_out = {}, noted_members noted = {}) {
    return object_reader(object, table, in, at, left_out, noted).run();
}

inline bool read_alternative(void* object, json_reader& in, member_table table, member_names told_by,
                             const place& at) {
    if (in.next() != json_kind::object) return at.fail(errc::wrong_type);
    std::vector<noted_member> noted;
    for (const auto& name : told_by) noted.push_back({name});
    const auto start = in.here();
    if (!note_members(in, noted)) return false;
    in.go_back(start);
    auto told = noted.begin();
    for (const auto& m : table)
        if (m.has_json() && (told++)->value) return m.read(m.at(object), in, at);
    return at.fail(errc::missing_member);
}

// Runs `read(in, at)` over a whole text. False where the text is broken, which comes first, or does not fit.
template <class Read> bool read_document(json_reader& in, const place& at, Read read) {
    const auto start = in.here();
    const bool fits = read(in, at);
    if (!fits && !in.is_broken()) {
        in.go_back(start);
        in.skip();
    }
    if (!in.ends()) return at.fault() = in.fault(), false;
    return fits;
}

}  // namespace wxmp::detail

#endif
