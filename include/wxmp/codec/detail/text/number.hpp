// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_NUMBER_HPP
#define WXMP_CODEC_DETAIL_TEXT_NUMBER_HPP

#include <wxmp/codec/detail/text/word.hpp>

#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>

namespace wxmp::inline v0_1::detail::text_engine {

// How many of eight bytes, starting at the lowest, are digits.
constexpr unsigned count_of_digits(std::uint64_t w) noexcept {
    const auto values = w ^ 0x3030303030303030;
    // A carry only corrupts bytes after the first that is not a digit.
    const auto others = (values | (values + 0x7676767676767676)) & 0x8080808080808080;
    return static_cast<unsigned>(std::countr_zero(others)) / 8;
}

// The value of eight digits: combines neighbours, then pairs, then groups of four.
constexpr std::uint64_t value_of_digits(std::uint64_t w) noexcept {
    w = ((w & 0x0f0f0f0f0f0f0f0f) * (1 + (10 << 8))) >> 8 & 0x00ff00ff00ff00ff;
    w = (w * (1 + (100 << 16))) >> 16 & 0x0000ffff0000ffff;
    return (w * (1 + (std::uint64_t{10'000} << 32))) >> 32;
}

// Reads at most 18 digits at `p`; returns their end.
inline const char* scan_short_digits(const char* p, const char* end, std::uint64_t& value) noexcept {
    const char* const limit = end - p > 18 ? p + 18 : end;
    value = 0;
    if (std::endian::native == std::endian::little && limit - p >= 8) {
        const auto count = count_of_digits(word_at(p));
        if (count == 0) return p;
        value = value_of_digits(word_at(p) << (64 - 8 * count));
        p += count;
        if (count != 8) return p;
    }
    for (; p != limit; ++p) {
        const auto digit = static_cast<unsigned char>(*p - '0');
        if (digit > 9) break;
        value = value * 10 + digit;
    }
    return p;
}

inline bool scan_digits(const char*& p, const char* end) noexcept {
    const char* const first = p;
    while (p != end && *p >= '0' && *p <= '9') ++p;
    return p != first;
}

// Like Boost.JSON, refuses an exponent that does not fit an `int`.
inline bool scan_exponent(const char*& p, const char* end) noexcept {
    if (p != end && (*p == '+' || *p == '-')) ++p;
    const char* const first = p;
    int value{};
    return scan_digits(p, end) && std::from_chars(first, p, value).ec == std::errc();
}

// Moves `p` past the number that begins there; false if it is not a number.
inline bool scan_number(const char*& p, const char* end) noexcept {
    if (*p == '-') ++p;
    if (p != end && *p == '0') ++p;
    else if (!scan_digits(p, end)) return false;
    if (p != end && *p == '.' && !scan_digits(++p, end)) return false;
    return p == end || (*p != 'e' && *p != 'E') || scan_exponent(++p, end);
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
