// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DETAIL_SOURCE_VECTORS_HPP
#define WXMP_DETAIL_SOURCE_VECTORS_HPP

#include <wxmp/version.hpp>

// Whether algorithms are compiled for the vector instructions of the CPU, beside plain C++. Without
// optimization these take long to compile, and plain C++ reads text faster, though it hashes slower. Tests,
// which have to reach all code, define it.
#if !defined(WXMP_DETAIL_VECTORS) && (defined(__OPTIMIZE__) || defined(_MSC_VER))
#define WXMP_DETAIL_VECTORS
#endif

#endif
