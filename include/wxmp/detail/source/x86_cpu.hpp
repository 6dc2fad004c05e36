// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DETAIL_SOURCE_X86_CPU_HPP
#define WXMP_DETAIL_SOURCE_X86_CPU_HPP

#include <wxmp/version.hpp>

#if defined(__GNUC__) && defined(__x86_64__)

#include <cpuid.h>

// What a CPU may have beyond x86-64. Asks the CPU itself: __builtin_cpu_supports does not know "sha" in every
// supported compiler, and brings with it the names of all CPUs, which are larger than all that asks.
namespace wxmp::inline v0_1::detail::x86_cpu {

// Bits as the instruction CPUID has them, in these registers.
struct features {
    unsigned ecx_of_1{}, ebx_of_7{}, ecx_of_7{};

    constexpr features operator|(const features& o) const noexcept {
        return {ecx_of_1 | o.ecx_of_1, ebx_of_7 | o.ebx_of_7, ecx_of_7 | o.ecx_of_7};
    }
    constexpr features operator&(const features& o) const noexcept {
        return {ecx_of_1 & o.ecx_of_1, ebx_of_7 & o.ebx_of_7, ecx_of_7 & o.ecx_of_7};
    }
    bool operator==(const features&) const = default;
};

inline constexpr features sse41{.ecx_of_1 = 1U << 19};
inline constexpr features popcnt{.ecx_of_1 = 1U << 23};
inline constexpr features xgetbv{.ecx_of_1 = 1U << 27};
inline constexpr features bmi{.ebx_of_7 = 1U << 3};
inline constexpr features avx2{.ebx_of_7 = 1U << 5};
inline constexpr features bmi2{.ebx_of_7 = 1U << 8};
inline constexpr features avx512f{.ebx_of_7 = 1U << 16};
inline constexpr features sha{.ebx_of_7 = 1U << 29};
inline constexpr features avx512bw{.ebx_of_7 = 1U << 30};
inline constexpr features avx512vl{.ebx_of_7 = 1U << 31};
inline constexpr features avx512vbmi{.ecx_of_7 = 1U << 1};
inline constexpr features avx512vbmi2{.ecx_of_7 = 1U << 6};

// Whether the operating system saves all registers of these, as bits of XCR0.
inline bool are_saved(unsigned registers) noexcept {
    unsigned low = 0, high = 0;
    asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & registers) == registers;
}

inline bool has(const features& wanted) noexcept {
    constexpr unsigned of_avx = 0x6, of_avx512 = 0xe6;
    features found;
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) != 0) found.ecx_of_1 = c;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) != 0) found.ebx_of_7 = b, found.ecx_of_7 = c;
    if ((found & wanted) != wanted) return false;
    const bool is_avx512 = (wanted & avx512f) == avx512f;
    if (!is_avx512 && (wanted & avx2) != avx2) return true;
    return (found & xgetbv) == xgetbv && are_saved(is_avx512 ? of_avx512 : of_avx);
}

}  // namespace wxmp::inline v0_1::detail::x86_cpu

#endif

#endif
