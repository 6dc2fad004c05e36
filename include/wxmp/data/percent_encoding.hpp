// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_PERCENT_ENCODING_HPP
#define WXMP_DATA_PERCENT_ENCODING_HPP

#include <wxmp/data/sha1_digest.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

namespace detail {

constexpr bool is_unreserved(char c) noexcept {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

}  // namespace detail

/// Encodes text for a query: all but letters, digits and `-._~` as %XX (RFC 3986).
inline std::string percent_encode(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (;;) {
        std::size_t plain = 0;
        while (plain != text.size() && detail::is_unreserved(text[plain])) ++plain;
        out.append(text.substr(0, plain));
        if (plain == text.size()) return out;
        const auto byte = static_cast<unsigned char>(text[plain]);
        ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
        text.remove_prefix(plain + 1);
    }
}

namespace detail {

// Undoes percent_encode, with another character for `+`. Empty for a % without two digits.
inline std::optional<std::string> percent_decoded(std::string_view text, char plus) {
    std::string out;
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? plus : text[i];
            continue;
        }
        const int byte = byte_of_digits(text.substr(i + 1));
        if (byte < 0) return std::nullopt;
        out += static_cast<char>(byte);
        i += 2;
    }
    return out;
}

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
