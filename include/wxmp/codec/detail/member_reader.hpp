// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_MEMBER_READER_HPP
#define WXMP_CODEC_DETAIL_MEMBER_READER_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/codec/detail/plain_name.hpp>
#include <wxmp/codec/member_table.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace wxmp::inline v0_1::detail {

// The types of most members, which the object reader reads itself.
enum class usual_type : std::uint8_t {
    none,
    text,
    optional_text,
    yes,
    optional_yes,
    int32,
    uint32,
    uint64,
    time,
    optional_time
};
template <class M> constexpr auto usual_type_of = usual_type::none;
template <> inline constexpr auto usual_type_of<std::string> = usual_type::text;
template <> inline constexpr auto usual_type_of<std::optional<std::string>> = usual_type::optional_text;
template <> inline constexpr auto usual_type_of<flag> = usual_type::yes;
template <> inline constexpr auto usual_type_of<std::optional<flag>> = usual_type::optional_yes;
template <> inline constexpr auto usual_type_of<std::int32_t> = usual_type::int32;
template <> inline constexpr auto usual_type_of<std::uint32_t> = usual_type::uint32;
template <> inline constexpr auto usual_type_of<std::uint64_t> = usual_type::uint64;
template <> inline constexpr auto usual_type_of<std::chrono::sys_seconds> = usual_type::time;
template <>
inline constexpr auto usual_type_of<std::optional<std::chrono::sys_seconds>> = usual_type::optional_time;

// A member, and how it is read. The functions are null if it has no JSON form.
struct member_reader : member {
    plain_name key;
    usual_type type;
    bool (*read)(void* value, json_reader& in, const json_path& at);
    void (*clear)(void* value);
};

template <class M> bool read_member(void* value, json_reader& in, const json_path& at) {
    return codec<M>::read(*static_cast<M*>(value), in, at);
}
template <class M> void clear_member(void* value) { *static_cast<M*>(value) = blank::make<M>(); }

// g++ 12 calls what only the compiler runs at once where it makes a constant, and elsewhere not at all.
template <class T, class D> consteval member_reader describe_reader() {
    using M = member_type<T, D>;
    constexpr member base = describe_member<T, D>();
    constexpr plain_name key(base.name);
    member_reader m{base, key, usual_type_of<M>, nullptr, nullptr};
    if constexpr (base.has_json()) m.read = read_member<M>, m.clear = clear_member<M>;
    return m;
}
template <class T> struct describe_reading {
    using type = member_reader;
    template <class D> static constexpr member_reader of = describe_reader<T, D>();
};
template <class T> inline constexpr auto array_of_readers = array_of<describe_reading<T>>(descriptors<T>{});

using reader_table = table<member_reader>;

// The members of T, to be read.
template <class T> inline constexpr reader_table readers{array_of_readers<T>};

}  // namespace wxmp::inline v0_1::detail

#endif
