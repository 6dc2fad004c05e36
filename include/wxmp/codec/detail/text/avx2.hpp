// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_AVX2_HPP
#define WXMP_CODEC_DETAIL_TEXT_AVX2_HPP

#include <wxmp/codec/detail/text/masks.hpp>
#include <wxmp/codec/detail/text/utf8_tables.hpp>

#if defined(__GNUC__) && defined(__x86_64__)

#include <cstdint>
#include <immintrin.h>

namespace wxmp::detail::text_engine {

struct avx2 {
    static constexpr const char* name = "avx2";
    static constexpr bool is_exact = true;
    static bool available() noexcept {
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
               __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    }

    [[gnu::target("avx2,bmi,bmi2,popcnt")]] static byte_masks classify(const char* p) noexcept {
        const __m256i a = load(p);
        const __m256i b = load(p + 32);
        const __m256i low = _mm256_set1_epi8(0x1f);
        byte_masks m;
        m.quote = equal(a, b, '"');
        m.backslash = equal(a, b, '\\');
        m.control = mask(_mm256_cmpeq_epi8(_mm256_min_epu8(a, low), a),
                         _mm256_cmpeq_epi8(_mm256_min_epu8(b, low), b));
        // ASCII, and so are the bytes before it: nothing can be wrong.
        const __m256i any = _mm256_or_si256(_mm256_or_si256(a, b), load(p - look_back));
        m.suspect = _mm256_movemask_epi8(any) == 0 ? 0 : mask(fault(a, p), fault(b, p + 32));
        return m;
    }

    [[gnu::target("avx2,bmi,bmi2,popcnt")]] static std::uint64_t find(const char* p, char c) noexcept {
        return equal(load(p), load(p + 32), c);
    }

    template <auto Algorithm, class... Args>
    [[gnu::target("avx2,bmi,bmi2,popcnt"), gnu::flatten]] static auto run(Args... args) noexcept {
        return Algorithm(args...);
    }

private:
    [[gnu::always_inline, gnu::target("avx2,bmi,bmi2,popcnt")]] static __m256i load(const char* p) noexcept {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    }

    [[gnu::always_inline, gnu::target("avx2,bmi,bmi2,popcnt")]] static std::uint64_t
    mask(__m256i a, __m256i b) noexcept {
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(a)) |
               std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(b))} << 32;
    }

    [[gnu::always_inline, gnu::target("avx2,bmi,bmi2,popcnt")]] static std::uint64_t
    equal(__m256i a, __m256i b, char c) noexcept {
        return mask(_mm256_cmpeq_epi8(a, _mm256_set1_epi8(c)), _mm256_cmpeq_epi8(b, _mm256_set1_epi8(c)));
    }

    [[gnu::always_inline, gnu::target("avx2,bmi,bmi2,popcnt")]] static __m256i
    look_up(const std::uint8_t* table, __m256i by) noexcept {
        const auto* t = reinterpret_cast<const __m128i*>(table);
        return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_load_si128(t)),
                                   _mm256_and_si256(by, _mm256_set1_epi8(15)));
    }

    // All bits of each byte where UTF-8 is broken. `v` was loaded from `p`.
    [[gnu::always_inline, gnu::target("avx2,bmi,bmi2,popcnt")]] static __m256i fault(__m256i v,
                                                                                     const char* p) noexcept {
        const __m256i before = load(p - 1);
        const __m256i pair =
            _mm256_and_si256(look_up(utf8_fault::second_high, _mm256_srli_epi16(v, 4)),
                             _mm256_and_si256(look_up(utf8_fault::first_high, _mm256_srli_epi16(before, 4)),
                                              look_up(utf8_fault::first_low, before)));
        const __m256i third = _mm256_subs_epu8(load(p - 2), _mm256_set1_epi8(utf8_fault::below_third));
        const __m256i fourth = _mm256_subs_epu8(load(p - 3), _mm256_set1_epi8(utf8_fault::below_fourth));
        const __m256i high =
            _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(static_cast<char>(0x80)));
        return _mm256_xor_si256(_mm256_cmpeq_epi8(pair, high), _mm256_set1_epi8(-1));
    }
};

}  // namespace wxmp::detail::text_engine

#endif

#endif
