// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_OBJECT_WRITER_HPP
#define WXMP_CODEC_DETAIL_OBJECT_WRITER_HPP

#include <wxmp/codec/detail/member_writer.hpp>
#include <wxmp/detail/compiled.hpp>

#include <span>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// A member that is written before all others, with this text unless the object has a value for it.
struct leading_member {
    std::string_view name;
    std::string_view json;
};
using leading_members = std::span<const leading_member>;

// Writes an object: the leading members, then those of the table.
inline bool write_members(json_writer& out, const void* object, const writer_table& table,
                          const json_path& at, member_names left_out = {}, leading_members leading = {}) {
    return compiled.write_members(out, object, table, at, left_out, leading);
}

// Writes the first alternative that is set.
inline bool write_alternative(json_writer& out, const void* object, const writer_table& table,
                              const json_path& at) {
    return compiled.write_alternative(out, object, table, at);
}

// Appends what `write(out, at)` writes, in two passes: the first finds the size.
template <class Write> bool append_text(std::string& out, const json_path& at, Write write) {
    json_writer size;
    if (!write(size, at)) return false;
    const auto before = out.size();
    out.resize(before + size.size());
    json_writer text(out.data() + before, size.size());
    return write(text, at);
}

}  // namespace wxmp::inline v0_1::detail

#endif
