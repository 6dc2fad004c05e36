// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_MEMBER_WRITER_HPP
#define WXMP_CODEC_DETAIL_MEMBER_WRITER_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/codec/member_table.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// A member, and how it is written. `write` is null if it has no JSON form.
struct member_writer : member {
    std::string_view json_name;  // what precedes its value: `,"name":`
    bool (*is_set)(const void* value);
    bool (*write)(json_writer& out, const void* value, const json_path& at);
};

template <class M> bool is_set([[maybe_unused]] const void* value) {
    if constexpr (is_optional<M>) return static_cast<const M*>(value)->has_value();
    else return true;
}
template <class M> bool write_member(json_writer& out, const void* value, const json_path& at) {
    return codec<M>::write(out, *static_cast<const M*>(value), at);
}

template <class D>
inline constexpr auto json_name = [] {
    constexpr auto name = wire_name(D::name);
    std::array<char, name.size() + 4> json{',', '"'};
    for (std::size_t i = 0; i != name.size(); ++i) json[i + 2] = name[i];
    json[name.size() + 2] = '"';
    json[name.size() + 3] = ':';
    return json;
}();

template <class T, class D> consteval member_writer describe_writer() {
    using M = member_type<T, D>;
    constexpr member base = describe_member<T, D>();
    constexpr auto& name = json_name<D>;
    member_writer m{base, {name.data(), name.size()}, is_set<M>, nullptr};
    if constexpr (base.has_json()) m.write = write_member<M>;
    return m;
}
template <class T> struct describe_writing {
    using type = member_writer;
    template <class D> static constexpr member_writer of = describe_writer<T, D>();
};
template <class T> inline constexpr auto array_of_writers = array_of<describe_writing<T>>(descriptors<T>{});

using writer_table = table<member_writer>;

// The members of T, to be written.
template <class T> inline constexpr writer_table writers{array_of_writers<T>};

}  // namespace wxmp::inline v0_1::detail

#endif
