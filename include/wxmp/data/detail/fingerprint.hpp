// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_FINGERPRINT_HPP
#define WXMP_DATA_DETAIL_FINGERPRINT_HPP

#include <wxmp/version.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// As many multiplications as a CPU has under way at a time.
inline constexpr std::size_t fingerprint_lanes = 8;
inline constexpr std::uint64_t fingerprint_factors[]{0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9};  // odd

// A change of either word makes another lane, of a product but for a chance of about 2^-64.
inline std::uint64_t mixed(std::uint64_t lane, std::uint64_t first, std::uint64_t second) noexcept {
    const auto [one, other] = fingerprint_factors;
#ifdef __SIZEOF_INT128__
    __extension__ using product = unsigned __int128;
    const auto p = product{lane ^ first} * (one ^ second);
    return static_cast<std::uint64_t>(p) ^ static_cast<std::uint64_t>(p >> 64);
#else
    // The first multiplication spreads a change to the upper bits, the rotation brings these to where the
    // second one spreads them.
    for (const auto word : {first, second}) lane = std::rotl(lane + word * other, 31) * one;
    return lane;
#endif
}

inline void mix_block(std::uint64_t (&lanes)[fingerprint_lanes], const char* p) noexcept {
    for (auto& lane : lanes) {
        std::uint64_t first{}, second{};
        std::memcpy(&first, p, sizeof first);
        std::memcpy(&second, p + sizeof first, sizeof second);
        lane = mixed(lane, first, second);
        p += sizeof first + sizeof second;
    }
}

// Tells whether bytes have changed: if they have, it is another number, but for a chance of about 2^-64. Only
// against accidents: who wants to can make bytes with the same one. Differs between machines. Takes an
// eighth to a fifteenth of the time of SHA-1.
inline std::uint64_t fingerprint(std::string_view bytes) noexcept {
    constexpr auto block_size = fingerprint_lanes * 2 * sizeof(std::uint64_t);
    std::uint64_t lanes[fingerprint_lanes]{};
    std::fill(std::begin(lanes), std::end(lanes), fingerprint_factors[1]);  // as a product with 0 is 0
    const auto size = bytes.size();
    for (; bytes.size() >= block_size; bytes.remove_prefix(block_size)) mix_block(lanes, bytes.data());
    char rest[block_size]{};
    if (!bytes.empty()) std::memcpy(rest, bytes.data(), bytes.size());
    mix_block(lanes, rest);
    std::uint64_t all = size;
    for (const auto word : lanes) all = mixed(all, word, 0);
    return all;
}

}  // namespace wxmp::inline v0_1::detail

#endif
