// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SOURCE_SHA1_SHA_NI_AVX512VL_HPP
#define WXMP_DATA_DETAIL_SOURCE_SHA1_SHA_NI_AVX512VL_HPP

#include <wxmp/data/detail/sha1/portable.hpp>
#include <wxmp/data/detail/source/sha1/sha_ni.hpp>

#include <cstddef>
#include <utility>

#if defined(WXMP_DETAIL_X86_64)

#include <immintrin.h>

// SHA-NI for the rounds only; schedule and rotations go to the other vector units with AVX-512VL, which
// has rotations and three-way logic. Only 128-bit vectors: SHA1RNDS4 has no VEX form, and legacy code that
// runs with dirty upper halves of the registers is up to a hundred times slower.
namespace wxmp::inline v0_1::detail::sha1_engine {

template <std::size_t Quad, std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1,avx512f,avx512vl")]] inline void
avx512vl_quad(x86_chains<Chains>& c, __m128i w) noexcept {
    constexpr __mmask8 highest_lane = 8;
    for (std::size_t i = 0; i < Chains; ++i) {
        const __m128i e = Quad == 0 ? c.e[i] : _mm_maskz_rol_epi32(highest_lane, c.previous[i], 30);
        c.previous[i] = c.abcd[i];
        c.abcd[i] = _mm_sha1rnds4_epu32(c.abcd[i], _mm_add_epi32(e, w), static_cast<int>(Quad / 5));
    }
}

template <std::size_t Quad>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1,avx512f,avx512vl")]] inline void
avx512vl_schedule(__m128i* w) noexcept {
    constexpr int xor3 = 0x96;
    if constexpr (Quad < 8) {
        // w[i] = rol(w[i-3] ^ w[i-8] ^ w[i-14] ^ w[i-16], 1): the fourth word needs the first.
        const __m128i back_14 = _mm_alignr_epi8(w[Quad - 4], w[Quad - 3], 8);
        const __m128i most = _mm_ternarylogic_epi32(w[Quad - 4], back_14, w[Quad - 2], xor3);
        const __m128i first = _mm_rol_epi32(_mm_xor_si128(most, _mm_bslli_si128(w[Quad - 1], 4)), 1);
        w[Quad] = _mm_xor_si128(first, _mm_rol_epi32(_mm_bsrli_si128(first, 12), 1));
    } else if constexpr (Quad < 20) {
        // The same recurrence unfolded once, free of that: rol(w[i-6] ^ w[i-16] ^ w[i-28] ^ w[i-32], 2).
        const __m128i back_6 = _mm_alignr_epi8(w[Quad - 2], w[Quad - 1], 8);
        const __m128i most = _mm_ternarylogic_epi32(w[Quad - 4], w[Quad - 7], w[Quad - 8], xor3);
        w[Quad] = _mm_rol_epi32(_mm_xor_si128(most, back_6), 2);
    }
}

template <std::size_t Chains, std::size_t... Quad>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1,avx512f,avx512vl")]] inline void
avx512vl_chunk(x86_chains<Chains>& c, const std::byte* p, std::index_sequence<Quad...>) noexcept {
    const x86_chains<Chains> before = c;
    __m128i w[20];
    for (std::size_t i = 0; i < 4; ++i) w[i] = load_four_words(p + 16 * i);
    ((avx512vl_quad<Quad>(c, w[Quad]), avx512vl_schedule<Quad + 4>(w)), ...);
    for (std::size_t i = 0; i < Chains; ++i) {
        c.e[i] = _mm_sha1nexte_epu32(c.previous[i], before.e[i]);
        c.abcd[i] = _mm_add_epi32(c.abcd[i], before.abcd[i]);
    }
}

template <std::size_t Chains>
[[WXMP_DETAIL_TARGET("sha,sse4.1,avx512f,avx512vl")]] inline void
compress_sha_ni_avx512vl(state* const* chains, const std::byte* p, std::size_t chunks) noexcept {
    x86_chains<Chains> c;
    load(c, chains);
    for (; chunks != 0; --chunks, p += chunk_size) avx512vl_chunk(c, p, std::make_index_sequence<20>{});
    store(c, chains);
}

inline bool has_sha_ni_avx512vl() noexcept {
    return has_sha_ni() && x86_cpu::has(x86_cpu::avx512f | x86_cpu::avx512vl);
}

}  // namespace wxmp::inline v0_1::detail::sha1_engine

#endif

#endif
