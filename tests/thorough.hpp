// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Whether tests that try thousands of orders or random inputs try them all: under sanitizers each takes ten times as
// long, and a tenth has to do. Where all of a kind are tried in turn, it is each tenth, and with what goes round outside
// of it another one each time.
#ifndef WXMP_TESTS_THOROUGH_HPP
#define WXMP_TESTS_THOROUGH_HPP

namespace wxmp_test {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WXMP_TEST_IS_SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WXMP_TEST_IS_SANITIZED
#endif

#ifdef WXMP_TEST_IS_SANITIZED
inline constexpr bool is_thorough = false;
#else
inline constexpr bool is_thorough = true;
#endif

inline constexpr int stride = is_thorough ? 1 : 10;
inline constexpr long stride_of_failures = is_thorough ? 1 : 4;  // as for_each_failure goes on

}  // namespace wxmp_test

#endif
