// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DETAIL_SOURCE_X86_CPU_HPP
#define WXMP_DETAIL_SOURCE_X86_CPU_HPP

#include <wxmp/detail/source/vectors.hpp>

// MSVC has the same intrinsics for any function, and no assembler. A test defines the macro to take its way.
#if defined(_MSC_VER) && !defined(__clang__) && defined(_M_X64) && !defined(_M_ARM64EC)
#define WXMP_DETAIL_X86_64_MSVC
#endif

#if defined(WXMP_DETAIL_X86_64_MSVC)
#define WXMP_DETAIL_X86_64
#define WXMP_DETAIL_TARGET(instructions)
#define WXMP_DETAIL_OPAQUE(where, v) static_cast<void>(0)
#include <intrin.h>
#elif defined(WXMP_DETAIL_VECTORS) && (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__)
#define WXMP_DETAIL_X86_64
// An attribute of a function that uses these.
#define WXMP_DETAIL_TARGET(instructions) gnu::target(instructions)
// Hides the value of a variable, in a register of that kind, from the compiler.
#define WXMP_DETAIL_OPAQUE(where, v)     asm("" : "+" where(v))
#include <cpuid.h>
#endif

#if defined(WXMP_DETAIL_X86_64)

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

// The lower half of XCR0: the registers that the operating system saves.
inline unsigned saved_registers() noexcept {
#if defined(WXMP_DETAIL_X86_64_MSVC)
    return static_cast<unsigned>(_xgetbv(0));
#else
    unsigned low = 0, high = 0;
    asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
#endif
}

struct leaf {
    unsigned eax{}, ebx{}, ecx{}, edx{};
};

// What CPUID says; zeros if the CPU does not know that leaf.
inline leaf ask(unsigned number) noexcept {
    leaf said;
#if defined(WXMP_DETAIL_X86_64_MSVC)
    int r[4];
    __cpuidex(r, 0, 0);
    if (static_cast<unsigned>(r[0]) < number) return said;
    __cpuidex(r, static_cast<int>(number), 0);
    said = {static_cast<unsigned>(r[0]), static_cast<unsigned>(r[1]), static_cast<unsigned>(r[2]),
            static_cast<unsigned>(r[3])};
#else
    __get_cpuid_count(number, 0, &said.eax, &said.ebx, &said.ecx, &said.edx);
#endif
    return said;
}

inline bool has(const features& wanted) noexcept {
    constexpr unsigned of_avx = 0x6, of_avx512 = 0xe6;
    const leaf seventh = ask(7);
    const features found{ask(1).ecx, seventh.ebx, seventh.ecx};
    if ((found & wanted) != wanted) return false;
    const bool is_avx512 = (wanted & avx512f) == avx512f;
    if (!is_avx512 && (wanted & avx2) != avx2) return true;
    const unsigned needed = is_avx512 ? of_avx512 : of_avx;
    return (found & xgetbv) == xgetbv && (saved_registers() & needed) == needed;
}

}  // namespace wxmp::inline v0_1::detail::x86_cpu

#endif

#endif
