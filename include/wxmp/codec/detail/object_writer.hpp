// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_OBJECT_WRITER_HPP
#define WXMP_CODEC_DETAIL_OBJECT_WRITER_HPP

#include <wxmp/codec/detail/member_writer.hpp>
#include <wxmp/detail/compiled.hpp>

#include <cstddef>
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

// Gives a text its size in the end, also where memory runs out before.
struct final_size {
    ~final_size() { text.resize(size); }
    std::string& text;
    std::size_t size;
};

// Appends what `write(out, at)` writes: through the stack if it is small, as most requests are. Otherwise
// that finds the size without escapes, for which an eighth of it nearly always is enough.
template <class Write> bool append_text(std::string& out, const json_path& at, Write write) {
    char small[1024];
    json_writer first(small, sizeof small);
    if (!write(first, at)) return false;
    const auto size = first.size();
    if (first.is_complete()) return out.append(small, size), true;
    final_size end{out, out.size()};
    out.reserve(end.size + size + size / 8);
    json_writer text(out);
    if (!write(text, at)) return false;
    end.size += text.size();
    return true;
}

}  // namespace wxmp::inline v0_1::detail

#endif
