// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_CHECK_BYTE_SOURCE_HPP
#define WXMP_DATA_DETAIL_CHECK_BYTE_SOURCE_HPP

#include <wxmp/data/detail/member_names.hpp>

#include <concepts>
#include <string_view>

namespace wxmp::inline v0_1::detail {

struct named_size {
    int size;
};
template <class S>
concept lacks_size = requires {
    &both<S, named_size>::size;
};

struct named_read_at {
    int read_at;
};
template <class S>
concept lacks_read_at = requires {
    &both<S, named_read_at>::read_at;
};

// Called for what is no byte source: says what it lacks.
template <class S> consteval bool check_byte_source() {
    constexpr bool fails = sizeof(S) == 0;
    if constexpr (std::convertible_to<const S&, std::string_view>)
        static_assert(fails, "wxmp: a string is no byte source: borrow its bytes by a `memory_source`");
    else if constexpr (lacks_size<S>)
        static_assert(fails, "wxmp: this type is no byte source: it has no `std::uint64_t size() const`");
    else if constexpr (lacks_read_at<S>)
        static_assert(fails,
                      "wxmp: this type is no byte source: it has no "
                      "`std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const`");
    else
        static_assert(fails,
                      "wxmp: this type is no byte source: its members are not "
                      "`std::uint64_t size() const` and "
                      "`std::size_t read_at(std::uint64_t offset, void* out, std::size_t size) const`");
    return true;
}

}  // namespace wxmp::inline v0_1::detail

#endif
