// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_NUMBER_HPP
#define WXMP_CODEC_DETAIL_TEXT_NUMBER_HPP

#include <wxmp/codec/detail/text/word.hpp>

#include <array>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

// The eight digits of a number below 10^8, the first lowest: halves it into groups of four, pairs, digits.
// Of a group g whose first half is h, `(g << n) - h * ((base << n) - 1)` is h, and the rest of g above it.
constexpr std::uint64_t digits_of(std::uint64_t value) noexcept {
    auto w = (value << 32) - value / 10'000 * ((std::uint64_t{10'000} << 32) - 1);
    w = (w << 16) - (w * 5243 >> 19 & 0x0000007f'0000007f) * ((100 << 16) - 1);
    return (w << 8) - (w * 103 >> 10 & 0x000f'000f'000f'000f) * ((10 << 8) - 1);
}

inline constexpr std::size_t most_digits = 20;  // of 64 bits
inline constexpr auto powers_of_ten = [] {
    std::array<std::uint64_t, most_digits> powers{1};
    for (std::size_t i = 1; i != powers.size(); ++i) powers[i] = 10 * powers[i - 1];
    return powers;
}();

// How many digits a number has. Known before the digits, so that what is behind them need not wait.
constexpr unsigned size_of_number(std::uint64_t value) noexcept {
    const auto size =
        static_cast<unsigned>(std::bit_width(value | 1)) * 1233 >> 12;  // by log10(2), or one more
    return size + ((value | 1) >= powers_of_ten[size]);
}

// Writes the last `count` of eight digits, and up to eight bytes in all. Returns their end.
inline char* write_group(char* to, std::uint64_t value, unsigned count) noexcept {
    const auto text = little((digits_of(value) | 0x3030303030303030) >> (64 - 8 * count));
    std::memcpy(to, &text, sizeof text);
    return to + count;
}

// Writes a number of `size` digits, and up to eight bytes behind it.
inline void write_number(char* to, std::uint64_t value, unsigned size) noexcept {
    constexpr std::uint64_t group = 100'000'000;
    if (size > 16)
        to = write_group(to, value / (group * group), size - 16), value %= group * group, size = 16;
    if (size > 8) to = write_group(to, value / group, size - 8), value %= group, size = 8;
    write_group(to, value, size);
}

inline constexpr std::size_t room_for_integer = 1 + most_digits + 8;

// Writes an integer into at least as much room. Returns its end.
template <std::integral T> char* write_integer(char* to, T v) noexcept {
    const bool is_negative = v < 0;
    const auto wide = is_negative ? 0 - static_cast<std::uint64_t>(v) : static_cast<std::uint64_t>(v);
    const auto size = size_of_number(wide);
    *to = '-';
    write_number(to + is_negative, wide, size);
    return to + is_negative + size;
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
