// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_BASE64_HPP
#define WXMP_CODEC_BASE64_HPP

#include <wxmp/version.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

namespace detail {

inline constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace detail

/// Encodes bytes as base64 (RFC 4648), without padding. Linear.
inline std::string to_base64(std::string_view bytes) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    out.reserve((bytes.size() * 4 + 2) / 3);
    for (const char c : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        for (held += 8; held >= 6; held -= 6) out += detail::base64_digits[(bits >> (held - 6)) & 63];
    }
    if (held > 0) out += detail::base64_digits[(bits << (6 - held)) & 63];
    return out;
}

/// Decodes the output of @ref to_base64; returns an empty optional for any other text. Linear.
inline std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    out.reserve(text.size() * 3 / 4);
    for (const char c : text) {
        const auto digit = detail::base64_digits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>((bits >> held) & 0xff);
    }
    const bool clean = held < 6 && (bits & ((1u << held) - 1)) == 0;
    return clean ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace wxmp::inline v0_1

#endif
