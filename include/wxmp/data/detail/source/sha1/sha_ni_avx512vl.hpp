// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SOURCE_SHA1_SHA_NI_AVX512VL_HPP
#define WXMP_DATA_DETAIL_SOURCE_SHA1_SHA_NI_AVX512VL_HPP

#include <wxmp/data/detail/sha1/portable.hpp>
#include <wxmp/data/detail/source/sha1/sha_ni.hpp>

#include <cstddef>

#if defined(WXMP_DETAIL_X86_64)

#include <immintrin.h>

// SHA-NI for the rounds only; schedule and rotations go to the other vector units with AVX-512VL, which
// has rotations and three-way logic. Only 128-bit vectors: SHA1RNDS4 has no VEX form, and legacy code that
// runs with dirty upper halves of the registers is up to a hundred times slower.
namespace wxmp::inline v0_1::detail::sha1_engine {

template <int Phase, std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1,avx512f,avx512vl")]] inline void
avx512vl_quad(x86_chains<Chains>& c, __m128i w, bool is_first) noexcept {
    constexpr __mmask8 highest_lane = 8;
    for (std::size_t i = 0; i < Chains; ++i) {
        const __m128i e = is_first ? c.e[i] : _mm_maskz_rol_epi32(highest_lane, c.previous[i], 30);
        c.previous[i] = c.abcd[i];
        c.abcd[i] = _mm_sha1rnds4_epu32(c.abcd[i], _mm_add_epi32(e, w), Phase);
    }
}

[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1,avx512f,avx512vl")]] inline __m128i
avx512vl_schedule(const __m128i* w, std::size_t i) noexcept {
    constexpr int xor3 = 0x96;
    if (i < 8) {
        // w[i] = rol(w[i-3] ^ w[i-8] ^ w[i-14] ^ w[i-16], 1): the fourth word needs the first.
        const __m128i back_14 = _mm_alignr_epi8(w[i - 4], w[i - 3], 8);
        const __m128i most = _mm_ternarylogic_epi32(w[i - 4], back_14, w[i - 2], xor3);
        const __m128i first = _mm_rol_epi32(_mm_xor_si128(most, _mm_bslli_si128(w[i - 1], 4)), 1);
        return _mm_xor_si128(first, _mm_rol_epi32(_mm_bsrli_si128(first, 12), 1));
    }
    // The same recurrence unfolded once, free of that: rol(w[i-6] ^ w[i-16] ^ w[i-28] ^ w[i-32], 2).
    const __m128i back_6 = _mm_alignr_epi8(w[i - 2], w[i - 1], 8);
    const __m128i most = _mm_ternarylogic_epi32(w[i - 4], w[i - 7], w[i - 8], xor3);
    return _mm_rol_epi32(_mm_xor_si128(most, back_6), 2);
}

template <int Phase, std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1,avx512f,avx512vl")]] inline void
avx512vl_phase(x86_chains<Chains>& c, __m128i* w) noexcept {
#if defined(__GNUC__)
#pragma GCC unroll 5
#endif
    for (std::size_t i = 5 * Phase; i != 5 * (Phase + 1); ++i) {
        avx512vl_quad<Phase>(c, w[i], i == 0);
        if (i < 16) w[i + 4] = avx512vl_schedule(w, i + 4);
    }
}

template <std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1,avx512f,avx512vl")]] inline void
avx512vl_chunk(x86_chains<Chains>& c, const std::byte* p) noexcept {
    const x86_chains<Chains> before = c;
    __m128i w[20];
    for (std::size_t i = 0; i < 4; ++i) w[i] = load_four_words(p + 16 * i);
    avx512vl_phase<0>(c, w);
    avx512vl_phase<1>(c, w);
    avx512vl_phase<2>(c, w);
    avx512vl_phase<3>(c, w);
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
    for (; chunks != 0; --chunks, p += chunk_size) avx512vl_chunk(c, p);
    store(c, chains);
}

inline bool has_sha_ni_avx512vl() noexcept {
    return has_sha_ni() && x86_cpu::has(x86_cpu::avx512f | x86_cpu::avx512vl);
}

}  // namespace wxmp::inline v0_1::detail::sha1_engine

#endif

#endif
