// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_OBJECT_WRITER_HPP
#define WXMP_CODEC_DETAIL_OBJECT_WRITER_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/codec/member_table.hpp>
#include <wxmp/detail/compiled.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// What precedes a member's value: `,"name":`. Padded, so that it can be copied in pieces of one size.
struct json_name {
    static constexpr std::size_t piece = 32, punctuation = 4;
    const char* text;
    std::size_t size;
};

// A member, and how it is written. `has_value` is null unless it is optional, `write` if it has no JSON form.
struct member_writer : member {
    json_name before;
    bool (*has_value)(const void* value);
    bool (*write)(json_writer& out, const void* value, const json_path& at);

    template <class T, class D> static consteval member_writer of();

    bool is_set(const void* value) const { return !has_value || has_value(value); }
};

template <class M> bool has_value(const void* value) { return static_cast<const M*>(value)->has_value(); }
template <class M> bool write_member(json_writer& out, const void* value, const json_path& at) {
    return codec<M>::write(out, *static_cast<const M*>(value), at);
}

template <class D>
inline constexpr auto text_before = [] {
    constexpr auto name = wire_name(D::name);
    constexpr auto pieces = (name.size() + json_name::punctuation + json_name::piece - 1) / json_name::piece;
    std::array<char, pieces * json_name::piece> json{',', '"'};
    for (std::size_t i = 0; i != name.size(); ++i) json[i + 2] = name[i];
    json[name.size() + 2] = '"';
    json[name.size() + 3] = ':';
    return json;
}();

template <class T, class D> consteval member_writer member_writer::of() {
    using M = member_type<T, D>;
    constexpr member base = member::of<T, D>();
    member_writer m{
        base, {text_before<D>.data(), base.name.size() + json_name::punctuation}, nullptr, nullptr};
    if constexpr (is_optional<M>) m.has_value = detail::has_value<M>;
    if constexpr (base.has_json()) m.write = write_member<M>;
    return m;
}

using writer_table = table<member_writer>;
template <class T> inline constexpr const writer_table& writers = table_of<member_writer, T>;

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

inline constexpr std::size_t small_text = 1024;  // the size of what is written on the stack first

// Appends what `write(out, at)` writes: through the stack if it is small, as most requests are. Otherwise
// that finds the size without escapes, for which an eighth of it nearly always is enough, if it is not known.
template <class Write>
bool append_text(std::string& out, const json_path& at, Write write, std::size_t size = 0) {
    if (size == 0) {
        char small[small_text];
        json_writer first(small, sizeof small);
        if (!write(first, at)) return false;
        size = first.size();
        if (first.is_complete()) return out.append(small, size), true;
    }
    final_size end{out, out.size()};
    out.reserve(end.size + size + size / 8);
    json_writer text(out);
    if (!write(text, at)) return false;
    end.size += text.size();
    return true;
}

}  // namespace wxmp::inline v0_1::detail

#endif
