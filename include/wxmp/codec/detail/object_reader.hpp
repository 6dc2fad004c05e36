// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_OBJECT_READER_HPP
#define WXMP_CODEC_DETAIL_OBJECT_READER_HPP

#include <wxmp/codec/member_table.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace wxmp::detail {

// A member whose text somebody wants to look at, besides the struct that is read.
struct noted_member {
    std::string_view name;
    std::optional<json_reader::mark> value{};  // the last one
};
using noted_members = std::span<noted_member>;

// Reads over an object and notes some of its members; where it is no object, there are none.
bool note_members(json_reader& in, noted_members noted);

// Members that are not, or not only, read into the struct.
struct special_members {
    member_names left_out{};
    noted_members noted{};
};

// Reads the members of an object, whatever their order.
bool read_members(void* object, json_reader& in, const member_table& table, const json_path& at,
                  const special_members* special = nullptr);

// Reads the one alternative that is there, which one of its members tells.
bool read_alternative(void* object, json_reader& in, const member_table& table, member_names told_by,
                      const json_path& at);

// Runs `read(in, at)` over a whole text. False where the text is broken, which comes first, or does not fit.
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

}  // namespace wxmp::detail

#endif
