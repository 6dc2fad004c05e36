// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_BENCH_KEEP_HPP
#define WXMP_TESTS_BENCH_KEEP_HPP

namespace wxmp_bench {

/// Makes the compiler compute a value that is not used otherwise.
template <class T> void keep(const T& value) { asm volatile("" : : "g"(&value) : "memory"); }

}  // namespace wxmp_bench

#endif
