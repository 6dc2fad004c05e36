// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_CROSS_MSVC_HEADERS_INTRIN_H
#define WXMP_TESTS_CROSS_MSVC_HEADERS_INTRIN_H

#include <cpuid.h>
#include <immintrin.h>

// What the library uses of the header of that name that MSVC has, for another compiler, which may have a part of it.
inline void cpuidex(int* r, int leaf, int part) {
    unsigned a = 0, b = 0, c = 0, d = 0;
    __cpuid_count(leaf, part, a, b, c, d);
    r[0] = static_cast<int>(a), r[1] = static_cast<int>(b), r[2] = static_cast<int>(c), r[3] = static_cast<int>(d);
}

#define __cpuidex cpuidex

#endif
