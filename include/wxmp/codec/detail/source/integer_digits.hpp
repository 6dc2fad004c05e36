// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_INTEGER_DIGITS_HPP
#define WXMP_CODEC_DETAIL_SOURCE_INTEGER_DIGITS_HPP

#include <wxmp/version.hpp>

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

// The exponent of a number that was scanned, so that it is an int.
inline long long exponent_of(std::string_view number) noexcept {
    const auto e = number.find_first_of("eE");
    if (e == number.npos) return 0;
    auto digits = number.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    int exponent = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    return exponent;
}

// The digits of the integer that a number such as `1.50e2` is; empty if it is none that 64 bits hold.
[[gnu::cold]] inline std::string integer_digits(std::string_view number) {
    constexpr std::size_t most_digits = 20;
    auto exponent = exponent_of(number);
    std::string digits(number.substr(0, number.find_first_of("eE")));
    const std::string sign(digits.starts_with('-') ? "-" : "");
    digits.erase(0, sign.size());
    if (const auto point = digits.find('.'); point != digits.npos) {
        exponent -= static_cast<long long>(digits.size() - point - 1);
        digits.erase(point, 1);
    }
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.empty()) return "0";
    for (; exponent < 0 && digits.ends_with('0'); ++exponent) digits.pop_back();
    if (exponent < 0 || exponent > static_cast<long long>(most_digits)) return {};
    digits.append(static_cast<std::size_t>(exponent), '0');
    return digits.size() > most_digits ? std::string() : sign + digits;
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
