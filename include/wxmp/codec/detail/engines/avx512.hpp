// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_AVX512_HPP
#define WXMP_CODEC_DETAIL_ENGINES_AVX512_HPP

#include <wxmp/codec/detail/engines/constants.hpp>
#include <wxmp/codec/detail/engines/escapes.hpp>
#include <wxmp/codec/detail/engines/masks.hpp>

#if defined(__GNUC__) && defined(__x86_64__)

#include <cstddef>
#include <cstdint>
#include <immintrin.h>

#define WXMP_DETAIL_AVX512 "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"

namespace wxmp::detail::text_engine {

// With the byte permutations of VBMI, which came with Ice Lake and Zen 4.
class avx512 {
public:
    static constexpr const char* name = "avx512";
    static constexpr bool is_exact = true;
    static bool available() noexcept {
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
               __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    }

    [[gnu::target(WXMP_DETAIL_AVX512)]] byte_masks classify(const char* p) const noexcept {
        const __m512i v = load(p);
        return {_mm512_cmpeq_epi8_mask(v, load(k_->quote)), _mm512_cmpeq_epi8_mask(v, load(k_->backslash)),
                _mm512_cmple_epu8_mask(v, load(k_->last_control)), suspects(v, p)};
    }

    [[gnu::target(WXMP_DETAIL_AVX512)]] static std::uint64_t find(const char* p, char c) noexcept {
        return _mm512_cmpeq_epi8_mask(load(p), _mm512_set1_epi8(c));
    }

    // Copies so many bytes without the backslashes in `starts`, what follows each as what it stands for.
    // It may write a whole block.
    [[gnu::target(WXMP_DETAIL_AVX512)]] static char* squeeze(char* to, const char* p, std::size_t size,
                                                             std::uint64_t starts) noexcept {
        const __m512i v = _mm512_maskz_loadu_epi8(lowest(size), p);
        const __m512i meant =
            _mm512_permutex2var_epi8(load(simple_escapes.data()), v, load(simple_escapes.data() + 64));
        const auto keep = lowest(size) & ~starts;
        _mm512_storeu_si512(to,
                            _mm512_maskz_compress_epi8(keep, _mm512_mask_mov_epi8(v, starts << 1, meant)));
        return to + _mm_popcnt_u64(keep);
    }

    // Copies so many bytes with a backslash before those in `marked`. Null where that is not enough for one.
    // It may write two whole blocks.
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

    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] static __m512i
    load(const vector_bytes<64>& v) noexcept {
        return _mm512_load_si512(v.bytes);
    }

    // Each byte with a backslash before it, and of those what is needed.
    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] static char*
    append_half(char* to, __m256i v, std::uint64_t present, std::uint64_t marked) noexcept {
        const __m512i pairs =
            _mm512_or_si512(_mm512_slli_epi16(_mm512_cvtepu8_epi16(v), 8), _mm512_set1_epi16('\\'));
        const auto keep = _pdep_u64(marked, 0x5555555555555555) | _pdep_u64(present, 0xaaaaaaaaaaaaaaaa);
        _mm512_storeu_si512(to, _mm512_maskz_compress_epi8(keep, pairs));
        return to + _mm_popcnt_u64(keep);
    }

    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] __m512i low_half(__m512i v) const noexcept {
        return _mm512_and_si512(v, load(k_->low_half));
    }
    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] __m512i high_half(__m512i v) const noexcept {
        return low_half(_mm512_srli_epi16(v, 4));
    }

    // Where UTF-8 is broken in `v`, which was loaded from `p`. Where that and the bytes before it are ASCII,
    // nothing can be.
    [[gnu::always_inline, gnu::target(WXMP_DETAIL_AVX512)]] std::uint64_t
    suspects(__m512i v, const char* p) const noexcept {
        const __m512i three_before = load(p - 3);
        if (_mm512_movepi8_mask(_mm512_or_si512(v, three_before)) == 0) return 0;
        const __m512i before = load(p - 1);
        const __m512i first = _mm512_and_si512(_mm512_shuffle_epi8(load(k_->first_high), high_half(before)),
                                               _mm512_shuffle_epi8(load(k_->first_low), low_half(before)));
        const __m512i pair =
            _mm512_and_si512(first, _mm512_shuffle_epi8(load(k_->second_high), high_half(v)));
        const __m512i later = _mm512_or_si512(_mm512_subs_epu8(load(p - 2), load(k_->below_third)),
                                              _mm512_subs_epu8(three_before, load(k_->below_fourth)));
        return _mm512_cmpneq_epu8_mask(pair, _mm512_and_si512(later, load(k_->high_bit)));
    }

    const constants<64>* k_ = constants<64>::opaque();
};

}  // namespace wxmp::detail::text_engine

#undef WXMP_DETAIL_AVX512

#endif

#endif
