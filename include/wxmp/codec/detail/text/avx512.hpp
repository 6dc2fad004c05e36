// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_AVX512_HPP
#define WXMP_CODEC_DETAIL_TEXT_AVX512_HPP

#include <wxmp/codec/detail/text/escapes.hpp>
#include <wxmp/codec/detail/text/masks.hpp>
#include <wxmp/codec/detail/text/utf8_tables.hpp>

#if defined(__GNUC__) && defined(__x86_64__)

#include <cstddef>
#include <cstdint>
#include <immintrin.h>

#define WXMP_DETAIL_AVX512 "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"

namespace wxmp::detail::text_engine {

// With the byte permutations of VBMI, which came with Ice Lake and Zen 4.
struct avx512 {
    static constexpr const char* name = "avx512";
    static constexpr bool is_exact = true;
    static bool available() noexcept {
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
               __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    }

    [[gnu::target(WXMP_DETAIL_AVX512)]] static byte_masks classify(const char* p) noexcept {
        const __m512i v = load(p);
        byte_masks m = classify(v);
        // ASCII, and so are the bytes before it: nothing can be wrong.
        if (_mm512_movepi8_mask(_mm512_or_si512(v, load(p - look_back))) != 0)
            m.suspect = faults(v, load(p - 1), load(p - 2), load(p - 3));
        return m;
    }

    // Where so many bytes are before the block, and so many from its beginning on.
    [[gnu::target(WXMP_DETAIL_AVX512)]] static byte_masks classify_part(const char* p, std::size_t before,
                                                                        std::size_t behind) noexcept {
        const auto part = [=](std::size_t back) {
            return lowest(behind + back) & ~(back > before ? lowest(back - before) : 0);
        };
        const __m512i v = _mm512_maskz_loadu_epi8(part(0), p);
        byte_masks m = classify(v);
        m.control &= part(0);
        m.suspect = faults(v, _mm512_maskz_loadu_epi8(part(1), p - 1),
                           _mm512_maskz_loadu_epi8(part(2), p - 2), _mm512_maskz_loadu_epi8(part(3), p - 3));
        return m;
    }

    [[gnu::target(WXMP_DETAIL_AVX512)]] static std::uint64_t find(const char* p, char c) noexcept {
        return _mm512_cmpeq_epi8_mask(load(p), _mm512_set1_epi8(c));
    }

    [[gnu::target(WXMP_DETAIL_AVX512)]] static std::uint64_t find_part(const char* p, std::size_t behind,
                                                                       char c) noexcept {
        return _mm512_mask_cmpeq_epi8_mask(lowest(behind), _mm512_maskz_loadu_epi8(lowest(behind), p),
                                           _mm512_set1_epi8(c));
    }

    // Copies so many bytes without the backslashes in `starts`, what follows each as what it stands for.
    [[gnu::target(WXMP_DETAIL_AVX512)]] static char* squeeze(char* to, const char* p, std::size_t size,
                                                             std::uint64_t starts) noexcept {
        const __m512i v = _mm512_maskz_loadu_epi8(lowest(size), p);
        const __m512i meant =
            _mm512_permutex2var_epi8(load(simple_escapes.data()), v, load(simple_escapes.data() + 64));
        const auto keep = lowest(size) & ~starts;
        return append(to, _mm512_mask_mov_epi8(v, starts << 1, meant), keep);
    }

    // Copies so many bytes with a backslash before those in `marked`. Null where that is not enough for one.
    [[gnu::target(WXMP_DETAIL_AVX512)]] static char* stretch(char* to, const char* p, std::size_t size,
                                                             std::uint64_t marked) noexcept {
        const __m512i v = _mm512_maskz_loadu_epi8(lowest(size), p);
        const auto controls = _mm512_mask_cmplt_epu8_mask(lowest(size), v, _mm512_set1_epi8(0x20));
        const __m512i letters = _mm512_maskz_permutexvar_epi8(~__mmask64{}, v, load(escape_letters.data()));
        if (_mm512_mask_testn_epi8_mask(controls, letters, letters) != 0) return nullptr;
        const __m512i written = _mm512_mask_mov_epi8(v, controls, letters);
        to = append_half(to, _mm512_maskz_extracti64x4_epi64(0xff, written, 0), lowest(size), marked);
        return append_half(to, _mm512_maskz_extracti64x4_epi64(0xff, written, 1), lowest(size) >> 32,
                           marked >> 32);
    }

    template <auto Algorithm, class... Args>
    [[gnu::target(WXMP_DETAIL_AVX512), gnu::flatten]] static auto run(Args... args) noexcept {
        return Algorithm(args...);
    }

private:
    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] static __m512i load(const void* p) noexcept {
        return _mm512_loadu_si512(p);
    }

    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] static byte_masks classify(__m512i v) noexcept {
        return {_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')),
                _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\')),
                _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20)), 0};
    }

    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] static char* append(char* to, __m512i v,
                                                                                std::uint64_t keep) noexcept {
        const auto size = static_cast<std::size_t>(_mm_popcnt_u64(keep));
        _mm512_mask_storeu_epi8(to, lowest(size), _mm512_maskz_compress_epi8(keep, v));
        return to + size;
    }

    // Each byte with a backslash before it, and of those what is needed.
    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] static char*
    append_half(char* to, __m256i v, std::uint64_t present, std::uint64_t marked) noexcept {
        const __m512i pairs =
            _mm512_or_si512(_mm512_slli_epi16(_mm512_cvtepu8_epi16(v), 8), _mm512_set1_epi16('\\'));
        return append(to, pairs,
                      _pdep_u64(marked, 0x5555555555555555) | _pdep_u64(present, 0xaaaaaaaaaaaaaaaa));
    }

    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] static __m512i look_up(const std::uint8_t* table,
                                                                                   __m512i by) noexcept {
        const auto* t = reinterpret_cast<const __m128i*>(table);
        // Under a mask, as g++ 12 warns of the intrinsic without.
        return _mm512_shuffle_epi8(_mm512_maskz_broadcast_i32x4(0xffff, _mm_load_si128(t)),
                                   _mm512_and_si512(by, _mm512_set1_epi8(15)));
    }

    // Where UTF-8 is broken in `v`, with the bytes that are one, two and three before each.
    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] static std::uint64_t
    faults(__m512i v, __m512i one, __m512i two, __m512i three) noexcept {
        const __m512i pair =
            _mm512_and_si512(look_up(utf8_fault::second_high, _mm512_srli_epi16(v, 4)),
                             _mm512_and_si512(look_up(utf8_fault::first_high, _mm512_srli_epi16(one, 4)),
                                              look_up(utf8_fault::first_low, one)));
        const __m512i third = _mm512_subs_epu8(two, _mm512_set1_epi8(utf8_fault::below_third));
        const __m512i fourth = _mm512_subs_epu8(three, _mm512_set1_epi8(utf8_fault::below_fourth));
        const __m512i high =
            _mm512_and_si512(_mm512_or_si512(third, fourth), _mm512_set1_epi8(static_cast<char>(0x80)));
        return _mm512_cmpneq_epu8_mask(pair, high);
    }
};

}  // namespace wxmp::detail::text_engine

#undef WXMP_DETAIL_AVX512

#endif

#endif
