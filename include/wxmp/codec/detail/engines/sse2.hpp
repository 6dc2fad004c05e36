// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_SSE2_HPP
#define WXMP_CODEC_DETAIL_ENGINES_SSE2_HPP

#include <wxmp/codec/detail/engines/masks.hpp>

#if defined(__GNUC__) && defined(__x86_64__)

#include <cstdint>
#include <emmintrin.h>

namespace wxmp::inline v0_1::detail::text_engine {

// Available on every x86-64 CPU. It lacks the shuffle for UTF-8 lookups, so bytes are compared.
struct sse2 {
    static constexpr const char* name = "sse2";
    static constexpr bool is_exact = true;
    static bool available() noexcept { return true; }

    static byte_masks classify(const char* p) noexcept {
        byte_masks m{};
        for (unsigned i = 0; i != block_size; i += 16) {
            const __m128i v = load(p + i);
            m.quote |= mask(equal(v, '"')) << i;
            m.backslash |= mask(equal(v, '\\')) << i;
            m.control |= mask(_mm_cmpeq_epi8(_mm_min_epu8(v, all(0x1f)), v)) << i;
            // If it and the bytes before it are ASCII, there is nothing to check.
            if (_mm_movemask_epi8(_mm_or_si128(v, load(p + i - look_back))) != 0)
                m.suspect |= mask(fault(v, p + i)) << i;
        }
        return m;
    }

    template <auto Algorithm, class... Args> [[gnu::flatten]] static auto run(Args... args) noexcept {
        return Algorithm(args...);
    }

private:
    static __m128i load(const char* p) noexcept {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    }
    static __m128i all(int byte) noexcept { return _mm_set1_epi8(static_cast<char>(byte)); }
    static std::uint64_t mask(__m128i v) noexcept { return static_cast<unsigned>(_mm_movemask_epi8(v)); }
    static __m128i equal(__m128i v, int byte) noexcept { return _mm_cmpeq_epi8(v, all(byte)); }
    static __m128i from(__m128i v, int byte) noexcept {  // as unsigned numbers
        return _mm_cmpeq_epi8(_mm_max_epu8(v, all(byte)), v);
    }

    // Sets all bits of each byte where UTF-8 is invalid. `v` was loaded from `p`.
    static __m128i fault(__m128i v, const char* p) noexcept {
        const __m128i before = load(p - 1);
        const __m128i is_due =
            _mm_or_si128(from(before, 0xc0), _mm_or_si128(from(load(p - 2), 0xe0), from(load(p - 3), 0xf0)));
        const __m128i is_continuation = _mm_cmplt_epi8(v, all(0xc0));
        const __m128i is_no_first = _mm_or_si128(_mm_or_si128(equal(v, 0xc0), equal(v, 0xc1)), from(v, 0xf5));
        return _mm_or_si128(_mm_or_si128(_mm_xor_si128(is_due, is_continuation), is_no_first),
                            second_fault(v, before));
    }

    // Overlong, a surrogate or too large, provided that the rest is valid.
    static __m128i second_fault(__m128i v, __m128i before) noexcept {
        const __m128i below_a0 = _mm_cmplt_epi8(v, all(0xa0));
        const __m128i below_90 = _mm_cmplt_epi8(v, all(0x90));
        const __m128i three = _mm_or_si128(_mm_and_si128(equal(before, 0xe0), below_a0),
                                           _mm_andnot_si128(below_a0, equal(before, 0xed)));
        const __m128i four = _mm_or_si128(_mm_and_si128(equal(before, 0xf0), below_90),
                                          _mm_andnot_si128(below_90, equal(before, 0xf4)));
        return _mm_or_si128(three, four);
    }
};

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif

#endif
