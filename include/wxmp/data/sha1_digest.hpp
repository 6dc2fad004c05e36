// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_SHA1_DIGEST_HPP
#define WXMP_DATA_SHA1_DIGEST_HPP

#include <wxmp/version.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

namespace detail {

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The byte that the two hexadecimal digits at the start of `text` stand for, or -1.
constexpr int byte_of_digits(std::string_view text) noexcept {
    if (text.size() < 2) return -1;
    const int high = hex_value(text[0]), low = hex_value(text[1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace detail

/** A SHA-1 digest, distinct from any other text or bytes.

    Sent as 40 hexadecimal digits; see `hex` and `parse`. A default-constructed digest is
    twenty zero bytes. To compute one, see `sha1` in `wxmp/data/sha1.hpp`.
*/
struct sha1_digest {
    static constexpr std::size_t size = 20;  ///< in bytes

    std::uint8_t bytes[size]{};  ///< most significant byte first, as in the standard

    /// Returns the digest as 40 lower-case hexadecimal digits.
    constexpr std::string hex() const {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text;
        text.reserve(2 * size);
        for (const std::uint8_t byte : bytes) {
            text += digits[byte >> 4];
            text += digits[byte & 15];
        }
        return text;
    }

    /** Parses a digest from hexadecimal digits of either case.

        @return nothing unless `hex` is exactly 40 digits
    */
    static constexpr std::optional<sha1_digest> parse(std::string_view hex) noexcept {
        sha1_digest digest;
        if (hex.size() != 2 * size) return std::nullopt;
        for (std::size_t i = 0; i < size; ++i) {
            const int byte = detail::byte_of_digits(hex.substr(2 * i));
            if (byte < 0) return std::nullopt;
            digest.bytes[i] = static_cast<std::uint8_t>(byte);
        }
        return digest;
    }

    /// Compares all twenty bytes. Not in constant time: not for checking secrets.
    friend constexpr bool operator==(const sha1_digest&, const sha1_digest&) = default;
};

}  // namespace wxmp::inline v0_1

#endif
