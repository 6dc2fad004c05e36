// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SHA1_PORTABLE_HPP
#define WXMP_DATA_DETAIL_SHA1_PORTABLE_HPP

#include <wxmp/version.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace wxmp::inline v0_1::detail::sha1_engine {

/// The chaining value, with the initial value of the standard.
struct state {
    std::array<std::uint32_t, 5> h{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
};

/// Bytes that SHA-1 compresses at a time.
inline constexpr std::size_t chunk_size = 64;

// Compilers turn this into one load and one byte swap, but not if it is a loop.
constexpr std::uint32_t load_big_endian(const std::byte* p) noexcept {
    return std::to_integer<std::uint32_t>(p[0]) << 24 | std::to_integer<std::uint32_t>(p[1]) << 16 |
           std::to_integer<std::uint32_t>(p[2]) << 8 | std::to_integer<std::uint32_t>(p[3]);
}

using schedule = std::array<std::uint32_t, 80>;
using steps = std::make_index_sequence<80>;

// Everything below is unrolled over constant indices, so that the arrays become registers. As a loop over
// memory, g++ 12 vectorizes it in a way that is three times slower.
template <std::size_t I>
[[gnu::always_inline]] constexpr std::uint32_t word(const std::byte* chunk, const schedule& w) noexcept {
    if constexpr (I < 16) return load_big_endian(chunk + 4 * I);
    else return std::rotl(w[I - 3] ^ w[I - 8] ^ w[I - 14] ^ w[I - 16], 1);
}

template <std::size_t... I>
[[gnu::always_inline]] constexpr void expand(const std::byte* chunk, schedule& w,
                                             std::index_sequence<I...>) noexcept {
    ((w[I] = word<I>(chunk, w)), ...);
}

template <std::size_t Step>
[[gnu::always_inline]] constexpr std::uint32_t mix(std::uint32_t b, std::uint32_t c,
                                                   std::uint32_t d) noexcept {
    if constexpr (Step < 20) return (d ^ (b & (c ^ d))) + 0x5a827999;
    else if constexpr (Step < 40) return (b ^ c ^ d) + 0x6ed9eba1;
    else if constexpr (Step < 60) return ((b & c) | (d & (b | c))) + 0x8f1bbcdc;
    else return (b ^ c ^ d) + 0xca62c1d6;
}

// The standard moves five variables along in each step; here their names move instead.
template <std::size_t Step>
[[gnu::always_inline]] constexpr void step(std::array<std::uint32_t, 5>& v, std::uint32_t w) noexcept {
    constexpr std::size_t a = (80 - Step) % 5, b = (a + 1) % 5, c = (a + 2) % 5, d = (a + 3) % 5,
                          e = (a + 4) % 5;
    v[e] += std::rotl(v[a], 5) + mix<Step>(v[b], v[c], v[d]) + w;
    v[b] = std::rotl(v[b], 30);
}

template <std::size_t... Step>
[[gnu::always_inline]] constexpr void absorb(state& s, const schedule& w,
                                             std::index_sequence<Step...>) noexcept {
    auto v = s.h;
    (step<Step>(v, w[Step]), ...);
    for (std::size_t i = 0; i < 5; ++i) s.h[i] += v[i];
}

constexpr void compress_portable(state& chain, const std::byte* p, std::size_t chunks) noexcept {
    for (; chunks != 0; --chunks, p += chunk_size) {
        schedule w;
        expand(p, w, steps{});
        absorb(chain, w, steps{});
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
