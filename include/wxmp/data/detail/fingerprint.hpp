// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_FINGERPRINT_HPP
#define WXMP_DATA_DETAIL_FINGERPRINT_HPP

#include <wxmp/version.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// As many multiplications as a CPU has under way at a time.
inline constexpr std::size_t fingerprint_lanes = 8;

// Loses nothing: another word always makes another result. The first multiplication spreads a change to the
// upper bits, the rotation brings these to where the second one spreads them.
inline std::uint64_t mixed(std::uint64_t lane, std::uint64_t word) noexcept {
    return std::rotl(lane + word * 0xbf58476d1ce4e5b9, 31) * 0x9e3779b97f4a7c15;
}

inline void mix_block(std::uint64_t (&lanes)[fingerprint_lanes], const char* p) noexcept {
    for (auto& lane : lanes) {
        std::uint64_t word{};
        std::memcpy(&word, p, sizeof word);
        lane = mixed(lane, word);
        p += sizeof word;
    }
}

// Tells whether bytes have changed: if they have, it is another number, but for a chance of 2^-64. Only
// against accidents: who wants to can make bytes with the same one. Differs between machines. Takes about an
// eighth of the time of SHA-1.
inline std::uint64_t fingerprint(std::string_view bytes) noexcept {
    std::uint64_t lanes[fingerprint_lanes]{};
    const auto size = bytes.size();
    for (; bytes.size() >= sizeof lanes; bytes.remove_prefix(sizeof lanes)) mix_block(lanes, bytes.data());
    char rest[sizeof lanes]{};
    if (!bytes.empty()) std::memcpy(rest, bytes.data(), bytes.size());
    mix_block(lanes, rest);
    std::uint64_t all = size;
    for (const auto word : lanes) all = mixed(all, word);
    return all;
}

}  // namespace wxmp::inline v0_1::detail

#endif
