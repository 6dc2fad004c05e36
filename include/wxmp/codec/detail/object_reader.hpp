// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_OBJECT_READER_HPP
#define WXMP_CODEC_DETAIL_OBJECT_READER_HPP

#include <wxmp/codec/detail/member_reader.hpp>
#include <wxmp/detail/compiled.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// A member whose position in the text is recorded, besides reading the struct.
struct noted_member {
    std::string_view name;
    std::optional<json_reader::mark> value{};  // of the last one with that name
};
using noted_members = std::span<noted_member>;

// Skips an object and records some of its members; skips any other value, which has none.
inline bool note_members(json_reader& in, noted_members noted) { return compiled.note_members(in, noted); }

// Members that are not read into the struct, or recorded as well.
struct special_members {
    member_names left_out{};
    noted_members noted{};
};

// Reads the members of an object, in any order.
inline bool read_members(void* object, json_reader& in, const reader_table& table, const json_path& at,
                         const special_members* special = nullptr) {
    return compiled.read_members(object, in, table, at, special);
}

// Reads an alternative, selected by which member in `discriminators` is present.
inline bool read_alternative(void* object, json_reader& in, const reader_table& table,
                             member_names discriminators, const json_path& at) {
    return compiled.read_alternative(object, in, table, discriminators, at);
}

// Runs `read(in, at)` over a whole text. False if the text does not fit or is broken, which takes precedence.
template <class Read> bool read_document(json_reader& in, const json_path& at, Read read) {
    const auto start = in.here();
    const bool fits = read(in, at);
    if (!fits && !in.is_broken()) {
        in.go_back(start);
        in.skip();
    }
    if (!in.ends()) return at.fault() = in.fault(), false;
    return fits;
}

}  // namespace wxmp::inline v0_1::detail

#endif
