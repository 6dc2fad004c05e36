// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SOURCE_SHA1_SHA_NI_HPP
#define WXMP_DATA_DETAIL_SOURCE_SHA1_SHA_NI_HPP

#include <wxmp/data/detail/sha1/portable.hpp>
#include <wxmp/detail/source/x86_cpu.hpp>

#include <cstddef>
#include <cstdint>

#if defined(WXMP_DETAIL_X86_64)

#include <immintrin.h>

// The SHA instructions of x86-64. A vector holds four words, the first of them in the highest lane; a
// "quad" is four of the 80 steps, one SHA1RNDS4. The schedule of a chunk is 20 vectors, each computed four
// quads before it is used, so that it runs in the shadow of the rounds.
namespace wxmp::inline v0_1::detail::sha1_engine {

template <std::size_t Chains> struct x86_chains {
    __m128i abcd[Chains];
    __m128i e[Chains];         // in the highest lane
    __m128i previous[Chains];  // abcd before the last quad; its a, rotated, is the e of the next quad
};

[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1")]] inline __m128i
load_four_words(const std::byte* p) noexcept {
    const __m128i reversed = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), reversed);
}

template <std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1")]] inline void load(x86_chains<Chains>& c,
                                                                          state* const* from) noexcept {
    for (std::size_t i = 0; i < Chains; ++i) {
        const auto& h = from[i]->h;
        const __m128i dcba = _mm_loadu_si128(reinterpret_cast<const __m128i*>(h.data()));
        c.abcd[i] = _mm_shuffle_epi32(dcba, 0x1b);
        c.e[i] = _mm_insert_epi32(_mm_setzero_si128(), static_cast<int>(h[4]), 3);
        c.previous[i] = _mm_setzero_si128();
    }
}

template <std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1")]] inline void store(const x86_chains<Chains>& c,
                                                                           state* const* to) noexcept {
    for (std::size_t i = 0; i < Chains; ++i) {
        auto& h = to[i]->h;
        _mm_storeu_si128(reinterpret_cast<__m128i*>(h.data()), _mm_shuffle_epi32(c.abcd[i], 0x1b));
        h[4] = static_cast<std::uint32_t>(_mm_extract_epi32(c.e[i], 3));
    }
}

template <int Phase, std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1")]] inline void
sha_ni_quad(x86_chains<Chains>& c, __m128i w, bool is_first) noexcept {
    for (std::size_t i = 0; i < Chains; ++i) {
        const __m128i e_and_w = is_first ? _mm_add_epi32(c.e[i], w) : _mm_sha1nexte_epu32(c.previous[i], w);
        c.previous[i] = c.abcd[i];
        c.abcd[i] = _mm_sha1rnds4_epu32(c.abcd[i], e_and_w, Phase);
    }
}

[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1")]] inline __m128i
sha_ni_schedule(const __m128i* w) noexcept {
    const __m128i partial = _mm_xor_si128(_mm_sha1msg1_epu32(w[0], w[1]), w[2]);
    return _mm_sha1msg2_epu32(partial, w[3]);
}

// The five quads of a phase. Unrolled, the schedule becomes registers.
template <int Phase, std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1")]] inline void sha_ni_phase(x86_chains<Chains>& c,
                                                                                  __m128i* w) noexcept {
#if defined(__GNUC__)
#pragma GCC unroll 5
#endif
    for (std::size_t i = 5 * Phase; i != 5 * (Phase + 1); ++i) {
        sha_ni_quad<Phase>(c, w[i], i == 0);
        if (i < 16) w[i + 4] = sha_ni_schedule(w + i);
    }
}

template <std::size_t Chains>
[[gnu::always_inline, WXMP_DETAIL_TARGET("sha,sse4.1")]] inline void
sha_ni_chunk(x86_chains<Chains>& c, const std::byte* p) noexcept {
    const x86_chains<Chains> before = c;
    __m128i w[20];
    for (std::size_t i = 0; i < 4; ++i) w[i] = load_four_words(p + 16 * i);
    sha_ni_phase<0>(c, w);
    sha_ni_phase<1>(c, w);
    sha_ni_phase<2>(c, w);
    sha_ni_phase<3>(c, w);
    for (std::size_t i = 0; i < Chains; ++i) {
        c.e[i] = _mm_sha1nexte_epu32(c.previous[i], before.e[i]);
        c.abcd[i] = _mm_add_epi32(c.abcd[i], before.abcd[i]);
    }
}

template <std::size_t Chains>
[[WXMP_DETAIL_TARGET("sha,sse4.1")]] inline void compress_sha_ni(state* const* chains, const std::byte* p,
                                                                 std::size_t chunks) noexcept {
    x86_chains<Chains> c;
    load(c, chains);
    for (; chunks != 0; --chunks, p += chunk_size) sha_ni_chunk(c, p);
    store(c, chains);
}

inline bool has_sha_ni() noexcept { return x86_cpu::has(x86_cpu::sha | x86_cpu::sse41); }

}  // namespace wxmp::inline v0_1::detail::sha1_engine

#endif

#endif
