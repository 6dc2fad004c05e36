// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_UTF8_HPP
#define WXMP_CODEC_UTF8_HPP

#include <wxmp/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

/// The U+FFFD REPLACEMENT CHARACTER in UTF-8.
inline constexpr std::string_view replacement_character = "\xef\xbf\xbd";

namespace detail {

/// The sequence at one position of a text.
struct utf8_step {
    std::size_t size{};  // bytes of the character, or of the ill-formed sequence to be replaced
    bool valid{};
};

constexpr unsigned char byte_at(std::string_view text, std::size_t i) noexcept {
    return static_cast<unsigned char>(text[i]);
}

// Table 3-7 of the Unicode Standard: how long a sequence is by its first byte, and what may follow.
constexpr utf8_step utf8_at(std::string_view text, std::size_t i) noexcept {
    const unsigned char first = byte_at(text, i);
    if (first < 0x80) return {1, true};
    if (first < 0xc2 || first > 0xf4) return {1, false};
    const std::size_t size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    for (std::size_t n = 1; n != size; ++n) {
        if (i + n == text.size() || byte_at(text, i + n) < low || byte_at(text, i + n) > high)
            return {n, false};
        low = 0x80;
        high = 0xbf;
    }
    return {size, true};
}

}  // namespace detail

/// Whether `text` is UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. Linear.
constexpr bool is_utf8(std::string_view text) noexcept {
    for (std::size_t i = 0; i != text.size();) {
        const auto step = detail::utf8_at(text, i);
        if (!step.valid) return false;
        i += step.size;
    }
    return true;
}

/// The text with U+FFFD in place of what is not UTF-8. Linear.
inline std::string to_valid_utf8(std::string_view text) {
    std::string valid;
    for (std::size_t i = 0; i != text.size();) {
        const auto step = detail::utf8_at(text, i);
        valid += step.valid ? text.substr(i, step.size) : replacement_character;
        i += step.size;
    }
    return valid;
}

}  // namespace wxmp::inline v0_1

#endif
