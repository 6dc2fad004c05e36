// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_NUMBER_HPP
#define WXMP_CODEC_DETAIL_TEXT_NUMBER_HPP

#include <charconv>
#include <system_error>

namespace wxmp::detail::text_engine {

inline bool scan_digits(const char*& p, const char* end) noexcept {
    const char* const first = p;
    while (p != end && *p >= '0' && *p <= '9') ++p;
    return p != first;
}

// As Boost.JSON, it takes no exponent that is no `int`.
inline bool scan_exponent(const char*& p, const char* end) noexcept {
    if (p != end && (*p == '+' || *p == '-')) ++p;
    const char* const first = p;
    int value{};
    return scan_digits(p, end) && std::from_chars(first, p, value).ec == std::errc();
}

// Moves `p` over the number that begins there; false where it is none.
inline bool scan_number(const char*& p, const char* end) noexcept {
    if (*p == '-') ++p;
    if (p != end && *p == '0') ++p;
    else if (!scan_digits(p, end)) return false;
    if (p != end && *p == '.' && !scan_digits(++p, end)) return false;
    return p == end || (*p != 'e' && *p != 'E') || scan_exponent(++p, end);
}

}  // namespace wxmp::detail::text_engine

#endif
