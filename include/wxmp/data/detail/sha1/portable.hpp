// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SHA1_PORTABLE_HPP
#define WXMP_DATA_DETAIL_SHA1_PORTABLE_HPP

#include <wxmp/version.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace wxmp::inline v0_1::detail::sha1_engine {

/// The chaining value, with the initial value of the standard.
struct state {
    std::array<std::uint32_t, 5> h{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
};

/// Bytes that SHA-1 compresses at a time.
inline constexpr std::size_t chunk_size = 64;

// Compilers turn this into one load and one byte swap, but not if it is a loop.
constexpr std::uint32_t load_big_endian(const std::byte* p) noexcept {
    return static_cast<std::uint32_t>(p[0]) << 24 | static_cast<std::uint32_t>(p[1]) << 16 |
           static_cast<std::uint32_t>(p[2]) << 8 | static_cast<std::uint32_t>(p[3]);
}

// Not std::rotl, nor std::array for the schedule: without optimization each use of them is a call, and all
// takes three times as long.
template <int Bits> [[gnu::always_inline]] constexpr std::uint32_t rotate(std::uint32_t w) noexcept {
    return w << Bits | w >> (32 - Bits);
}

// The last words of the schedule: each takes the place of the one that is needed no more. A loop that stores
// all 80 is vectorized by g++ 12 in a way that is three times slower.
using schedule = std::uint32_t[16];

template <std::size_t Phase>
[[gnu::always_inline]] constexpr std::uint32_t mix(std::uint32_t b, std::uint32_t c,
                                                   std::uint32_t d) noexcept {
    if constexpr (Phase == 0) return (d ^ (b & (c ^ d))) + 0x5a827999;
    else if constexpr (Phase == 1) return (b ^ c ^ d) + 0x6ed9eba1;
    else if constexpr (Phase == 2) return ((b & c) | (d & (b | c))) + 0x8f1bbcdc;
    else return (b ^ c ^ d) + 0xca62c1d6;
}

[[gnu::always_inline]] constexpr std::uint32_t next_word(schedule& w, std::size_t step) noexcept {
    auto& word = w[step % 16];
    if (step >= 16) word = rotate<1>(w[(step - 3) % 16] ^ w[(step - 8) % 16] ^ w[(step - 14) % 16] ^ word);
    return word;
}

template <std::size_t Phase>
[[gnu::always_inline]] constexpr void step(std::uint32_t a, std::uint32_t& b, std::uint32_t c,
                                           std::uint32_t d, std::uint32_t& e, std::uint32_t w) noexcept {
    e += rotate<5>(a) + mix<Phase>(b, c, d) + w;
    b = rotate<30>(b);
}

// The 20 steps of a phase. The standard moves five variables along in each step; here their names move
// instead. Unrolled, the schedule becomes registers; the optimizer does so, as templates for 80 steps take
// long to compile.
template <std::size_t Phase> [[gnu::always_inline]] constexpr void absorb(state& s, schedule& w) noexcept {
    auto [a, b, c, d, e] = s.h;
#if defined(__GNUC__)
#pragma GCC unroll 4
#endif
    for (std::size_t at = 20 * Phase; at != 20 * (Phase + 1); at += 5) {
        step<Phase>(a, b, c, d, e, next_word(w, at));
        step<Phase>(e, a, b, c, d, next_word(w, at + 1));
        step<Phase>(d, e, a, b, c, next_word(w, at + 2));
        step<Phase>(c, d, e, a, b, next_word(w, at + 3));
        step<Phase>(b, c, d, e, a, next_word(w, at + 4));
    }
    s.h = {a, b, c, d, e};
}

constexpr void compress_portable(state& chain, const std::byte* p, std::size_t chunks) noexcept {
    for (; chunks != 0; --chunks, p += chunk_size) {
        schedule w;
        for (std::size_t i = 0; i < 16; ++i) w[i] = load_big_endian(p + 4 * i);
        state next = chain;
        absorb<0>(next, w);
        absorb<1>(next, w);
        absorb<2>(next, w);
        absorb<3>(next, w);
        for (std::size_t i = 0; i < 5; ++i) chain.h[i] += next.h[i];
    }
}

/** Compresses `chunks` times 64 bytes in plain C++: for constant evaluation and CPUs without SHA-1.

    All chains consume the same bytes. Each computes the message schedule for itself, as sharing it would
    save less than a tenth of the time.
*/
template <std::size_t Chains>
constexpr void compress_portable(state* const* chains, const std::byte* p, std::size_t chunks) noexcept {
    for (std::size_t i = 0; i < Chains; ++i) compress_portable(*chains[i], p, chunks);
}

}  // namespace wxmp::inline v0_1::detail::sha1_engine

#endif
