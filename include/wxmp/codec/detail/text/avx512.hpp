// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_AVX512_HPP
#define WXMP_CODEC_DETAIL_TEXT_AVX512_HPP

#include <wxmp/codec/detail/text/masks.hpp>
#include <wxmp/codec/detail/text/utf8_tables.hpp>

#if defined(__GNUC__) && defined(__x86_64__)

#include <cstdint>
#include <immintrin.h>

namespace wxmp::detail::text_engine {

struct avx512 {
    static constexpr const char* name = "avx512";
    static constexpr bool is_exact = true;
    static bool available() noexcept {
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
    }

    [[gnu::target("avx512f,avx512bw")]] static byte_masks classify(const char* p) noexcept {
        const __m512i v = _mm512_loadu_si512(p);
        byte_masks m;
        m.quote = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"'));
        m.backslash = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\'));
        m.control = _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20));
        // ASCII, and so are the bytes before it: nothing can be wrong.
        const __m512i any = _mm512_or_si512(v, _mm512_loadu_si512(p - look_back));
        m.suspect = _mm512_movepi8_mask(any) == 0 ? 0 : faults(v, p);
        return m;
    }

    [[gnu::target("avx512f,avx512bw")]] static std::uint64_t backslashes(const char* p) noexcept {
        return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(p), _mm512_set1_epi8('\\'));
    }

private:
    [[gnu::always_inline, gnu::target("avx512f,avx512bw")]] static __m512i look_up(const std::uint8_t* table,
                                                                                   __m512i by) noexcept {
        const auto* t = reinterpret_cast<const __m128i*>(table);
        // Under a mask, as g++ 12 warns of the intrinsic without.
        return _mm512_shuffle_epi8(_mm512_maskz_broadcast_i32x4(0xffff, _mm_load_si128(t)),
                                   _mm512_and_si512(by, _mm512_set1_epi8(15)));
    }

    // Where UTF-8 is broken. `v` was loaded from `p`.
    [[gnu::always_inline, gnu::target("avx512f,avx512bw")]] static std::uint64_t
    faults(__m512i v, const char* p) noexcept {
        const __m512i before = _mm512_loadu_si512(p - 1);
        const __m512i pair =
            _mm512_and_si512(look_up(utf8_fault::second_high, _mm512_srli_epi16(v, 4)),
                             _mm512_and_si512(look_up(utf8_fault::first_high, _mm512_srli_epi16(before, 4)),
                                              look_up(utf8_fault::first_low, before)));
        const __m512i third =
            _mm512_subs_epu8(_mm512_loadu_si512(p - 2), _mm512_set1_epi8(utf8_fault::below_third));
        const __m512i fourth =
            _mm512_subs_epu8(_mm512_loadu_si512(p - 3), _mm512_set1_epi8(utf8_fault::below_fourth));
        const __m512i high =
            _mm512_and_si512(_mm512_or_si512(third, fourth), _mm512_set1_epi8(static_cast<char>(0x80)));
        return _mm512_cmpneq_epu8_mask(pair, high);
    }
};

}  // namespace wxmp::detail::text_engine

#endif

#endif
