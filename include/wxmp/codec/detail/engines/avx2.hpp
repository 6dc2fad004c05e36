// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_AVX2_HPP
#define WXMP_CODEC_DETAIL_ENGINES_AVX2_HPP

#include <wxmp/codec/detail/engines/constants.hpp>
#include <wxmp/codec/detail/engines/masks.hpp>
#include <wxmp/detail/source/x86_cpu.hpp>

#if defined(WXMP_DETAIL_X86_64)

#include <cstdint>
#include <immintrin.h>

#define WXMP_DETAIL_AVX2 WXMP_DETAIL_TARGET("avx2,bmi,bmi2,popcnt")

namespace wxmp::inline v0_1::detail::text_engine {

class avx2 {
public:
    static constexpr const char* name = "avx2";
    static bool available() noexcept {
        using namespace x86_cpu;
        return has(x86_cpu::avx2 | bmi | bmi2 | popcnt);
    }

    [[WXMP_DETAIL_AVX2]] byte_masks classify(const char* p) const noexcept {
        const __m256i a = load(p);
        const __m256i b = load(p + 32);
        return {equal(a, b, load(k_->quote)), equal(a, b, load(k_->backslash)),
                mask(controls(a), controls(b)), suspects(a, b, p)};
    }

    template <auto Algorithm, class... Args>
    [[WXMP_DETAIL_AVX2, gnu::flatten]] static auto run(Args... args) noexcept {
        return Algorithm(args...);
    }

private:
    [[gnu::always_inline, WXMP_DETAIL_AVX2]] static __m256i load(const char* p) noexcept {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    }

    [[gnu::always_inline, WXMP_DETAIL_AVX2]] static __m256i load(const vector_bytes<32>& v) noexcept {
        return _mm256_load_si256(reinterpret_cast<const __m256i*>(v.bytes));
    }

    [[gnu::always_inline, WXMP_DETAIL_AVX2]] static std::uint64_t mask(__m256i a, __m256i b) noexcept {
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(a)) |
               std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(b))} << 32;
    }

    [[gnu::always_inline, WXMP_DETAIL_AVX2]] static std::uint64_t equal(__m256i a, __m256i b,
                                                                        __m256i c) noexcept {
        return mask(_mm256_cmpeq_epi8(a, c), _mm256_cmpeq_epi8(b, c));
    }

    [[gnu::always_inline, WXMP_DETAIL_AVX2]] __m256i controls(__m256i v) const noexcept {
        return _mm256_cmpeq_epi8(_mm256_min_epu8(v, load(k_->last_control)), v);
    }

    // Where UTF-8 is invalid in `a` and `b`, which were loaded from `p`. Nowhere if they and the bytes before
    // them are ASCII.
    [[gnu::always_inline, WXMP_DETAIL_AVX2]] std::uint64_t suspects(__m256i a, __m256i b,
                                                                    const char* p) const noexcept {
        const __m256i any = _mm256_or_si256(_mm256_or_si256(a, b), load(p - look_back));
        return _mm256_movemask_epi8(any) == 0 ? 0 : ~mask(valid(a, p), valid(b, p + 32));
    }

    [[gnu::always_inline, WXMP_DETAIL_AVX2]] __m256i low_half(__m256i v) const noexcept {
        return _mm256_and_si256(v, load(k_->low_half));
    }
    [[gnu::always_inline, WXMP_DETAIL_AVX2]] __m256i high_half(__m256i v) const noexcept {
        return low_half(_mm256_srli_epi16(v, 4));
    }

    // Sets all bits of each byte where UTF-8 is valid. `v` was loaded from `p`.
    [[gnu::always_inline, WXMP_DETAIL_AVX2]] __m256i valid(__m256i v, const char* p) const noexcept {
        const __m256i before = load(p - 1);
        const __m256i pair =
            _mm256_and_si256(_mm256_shuffle_epi8(load(k_->second_high), high_half(v)),
                             _mm256_and_si256(_mm256_shuffle_epi8(load(k_->first_high), high_half(before)),
                                              _mm256_shuffle_epi8(load(k_->first_low), low_half(before))));
        const __m256i third = _mm256_subs_epu8(load(p - 2), load(k_->below_third));
        const __m256i fourth = _mm256_subs_epu8(load(p - 3), load(k_->below_fourth));
        return _mm256_cmpeq_epi8(pair, _mm256_and_si256(_mm256_or_si256(third, fourth), load(k_->high_bit)));
    }

    const constants<32>* k_ = constants<32>::opaque();
};

}  // namespace wxmp::inline v0_1::detail::text_engine

#undef WXMP_DETAIL_AVX2

#endif

#endif
