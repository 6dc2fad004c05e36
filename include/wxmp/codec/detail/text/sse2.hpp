// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_SSE2_HPP
#define WXMP_CODEC_DETAIL_TEXT_SSE2_HPP

#include <wxmp/codec/detail/text/masks.hpp>

#if defined(__GNUC__) && defined(__x86_64__)

#include <cstdint>
#include <emmintrin.h>

namespace wxmp::detail::text_engine {

// What every x86-64 has. It lacks the shuffle that an exact check of UTF-8 takes.
struct sse2 {
    static constexpr const char* name = "sse2";
    static constexpr bool is_exact = false;
    static bool available() noexcept { return true; }

    static byte_masks classify(const char* p) noexcept {
        byte_masks m{};
        for (unsigned i = 0; i != block_size; i += 16) {
            const __m128i v = load(p + i);
            m.quote |= mask(_mm_cmpeq_epi8(v, _mm_set1_epi8('"'))) << i;
            m.backslash |= mask(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))) << i;
            m.control |= mask(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v)) << i;
            m.suspect |= mask(v) << i;
        }
        return m;
    }

    static std::uint64_t backslashes(const char* p) noexcept {
        std::uint64_t all = 0;
        for (unsigned i = 0; i != block_size; i += 16)
            all |= mask(_mm_cmpeq_epi8(load(p + i), _mm_set1_epi8('\\'))) << i;
        return all;
    }

private:
    static __m128i load(const char* p) noexcept {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    }
    static std::uint64_t mask(__m128i v) noexcept { return static_cast<unsigned>(_mm_movemask_epi8(v)); }
};

}  // namespace wxmp::detail::text_engine

#endif

#endif
