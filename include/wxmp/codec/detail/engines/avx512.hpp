// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_AVX512_HPP
#define WXMP_CODEC_DETAIL_ENGINES_AVX512_HPP

#include <wxmp/codec/detail/engines/constants.hpp>
#include <wxmp/codec/detail/engines/escapes.hpp>
#include <wxmp/codec/detail/engines/masks.hpp>
#include <wxmp/detail/source/x86_cpu.hpp>

#if defined(WXMP_DETAIL_X86_64)

#include <cstddef>
#include <cstdint>
#include <immintrin.h>

#define WXMP_DETAIL_AVX512 WXMP_DETAIL_TARGET("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")

namespace wxmp::inline v0_1::detail::text_engine {

// Uses the byte permutations of VBMI, available since Ice Lake and Zen 4.
class avx512 {
public:
    static constexpr const char* name = "avx512";
    static bool available() noexcept {
        using namespace x86_cpu;
        return has(avx512f | avx512bw | avx512vbmi | avx512vbmi2 | bmi | bmi2 | popcnt);
    }

    [[WXMP_DETAIL_AVX512]] byte_masks classify(const char* p) const noexcept {
        return masks(load_once(p), load_once(p - 1), load(p - 2), load(p - 3), ~__mmask64{});
    }

    // Of a block with only `size` bytes of text, and `before` before it.
    [[WXMP_DETAIL_AVX512]] static byte_masks part(const char* p, std::size_t before,
                                                  std::size_t size) noexcept {
        return avx512().masks(load_part(p, before, size, 0), load_part(p, before, size, 1),
                              load_part(p, before, size, 2), load_part(p, before, size, 3), lowest(size));
    }

    // Copies less than a block, or one.
    [[WXMP_DETAIL_AVX512]] static void copy(char* to, const char* p, std::size_t size) noexcept {
        const auto all = lowest(size);
        _mm512_mask_storeu_epi8(to, all, _mm512_maskz_loadu_epi8(all, p));
    }

    // The escaped bytes that do not denote a single byte.
    [[WXMP_DETAIL_AVX512]] static std::uint64_t long_escapes(const char* p, std::uint64_t escaped) noexcept {
        const __m512i v = load(p);
        const __m512i meant = meanings(v);
        return (_mm512_testn_epi8_mask(meant, meant) | _mm512_movepi8_mask(v)) & escaped;
    }

    // Copies `size` bytes without the backslashes in `starts`, and decodes the escaped bytes in `others`. May
    // write a whole block.
    [[WXMP_DETAIL_AVX512]] static char* squeeze(char* to, const char* p, std::size_t size,
                                                std::uint64_t starts, std::uint64_t others) noexcept {
        __m512i v = _mm512_maskz_loadu_epi8(lowest(size), p);
        if (others != 0) v = _mm512_mask_mov_epi8(v, others, meanings(v));
        const auto keep = lowest(size) & ~starts;
        _mm512_storeu_si512(to, _mm512_maskz_compress_epi8(keep, v));
        return to + _mm_popcnt_u64(keep);
    }

    template <auto Algorithm, class... Args>
    [[WXMP_DETAIL_AVX512, gnu::flatten]] static auto run(Args... args) noexcept {
        return Algorithm(args...);
    }

private:
    // So that they stay in registers.
    struct loaded_constants {
        __m512i quote, backslash, last_control, high_bit, below_third, below_fourth;
        __m512i first_high, first_low, second_high;
    };
    [[WXMP_DETAIL_AVX512]] static loaded_constants load_all(const constants<64>& k) noexcept {
        return {load(k.quote.bytes),      load(k.backslash.bytes),   load(k.last_control.bytes),
                load(k.high_bit.bytes),   load(k.below_third.bytes), load(k.below_fourth.bytes),
                load(k.first_high.bytes), load(k.first_low.bytes),   load(k.second_high.bytes)};
    }

    [[gnu::always_inline, WXMP_DETAIL_AVX512]] static __m512i load(const void* p) noexcept {
        return _mm512_loadu_si512(p);
    }

    // For values used twice, which g++ 12 would load twice.
    [[gnu::always_inline, WXMP_DETAIL_AVX512]] static __m512i load_once(const char* p) noexcept {
        __m512i v = load(p);
        WXMP_DETAIL_OPAQUE("v", v);
        return v;
    }

    // What begins `back` bytes before such a block; 0 for what is no text.
    [[gnu::always_inline, WXMP_DETAIL_AVX512]] static __m512i
    load_part(const char* p, std::size_t before, std::size_t size, std::size_t back) noexcept {
        const auto gap = back > before ? back - before : 0;
        return _mm512_maskz_loadu_epi8(lowest(size + back) & ~lowest(gap), p - back);
    }

    // Looks up the lowest six bits of each byte; if only four matter, the table is repeated.
    [[gnu::always_inline, WXMP_DETAIL_AVX512]] static __m512i look_up(__m512i v, __m512i table) noexcept {
        return _mm512_maskz_permutexvar_epi8(~__mmask64{}, v, table);
    }

    // What each ASCII byte denotes after a backslash; 0 if nothing, or more than one byte.
    [[gnu::always_inline, WXMP_DETAIL_AVX512]] static __m512i meanings(__m512i v) noexcept {
        return _mm512_permutex2var_epi8(load(simple_escapes.data()), v, load(simple_escapes.data() + 64));
    }

    // Of the block `v`, of which `text` tells what is text; the others begin 1 to 3 bytes before it.
    [[gnu::always_inline, WXMP_DETAIL_AVX512]] byte_masks
    masks(__m512i v, __m512i before, __m512i second, __m512i third, __mmask64 text) const noexcept {
        const __m512i first = _mm512_and_si512(look_up(_mm512_srli_epi16(before, 4), k_.first_high),
                                               look_up(before, k_.first_low));
        const __m512i pair = _mm512_and_si512(first, look_up(_mm512_srli_epi16(v, 4), k_.second_high));
        const __m512i later = _mm512_or_si512(_mm512_subs_epu8(second, k_.below_third),
                                              _mm512_subs_epu8(third, k_.below_fourth));
        return {_mm512_cmpeq_epi8_mask(v, k_.quote), _mm512_cmpeq_epi8_mask(v, k_.backslash),
                _mm512_mask_cmple_epu8_mask(text, v, k_.last_control),
                _mm512_cmpneq_epu8_mask(pair, _mm512_and_si512(later, k_.high_bit))};
    }

    loaded_constants k_ = load_all(*constants<64>::opaque());
};

}  // namespace wxmp::inline v0_1::detail::text_engine

#undef WXMP_DETAIL_AVX512

#endif

#endif
