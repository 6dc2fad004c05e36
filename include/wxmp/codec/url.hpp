// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_URL_HPP
#define WXMP_CODEC_URL_HPP

#include <wxmp/data/sha1_digest.hpp>
#include <wxmp/error/error.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
        const auto stop = std::find_if_not(text.begin(), text.end(), detail::is_unreserved);
        out.append(text.begin(), stop);
        if (stop == text.end()) return out;
        const auto byte = static_cast<unsigned char>(*stop);
        ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
        text.remove_prefix(static_cast<std::size_t>(stop - text.begin()) + 1);
    }
}

/// Undoes @ref percent_encode, and decodes `+` as a space. `errc::bad_query` for a % without two digits.
inline result<std::string> percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = text.size() - i > 2 ? detail::hex_value(text[i + 1]) : -1;
        const int low = text.size() - i > 2 ? detail::hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0) return error(errc::bad_query);
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

/// A parsed request target.
struct parsed_target {
    std::string path;                                        ///< up to the `?`, not decoded
    std::vector<std::pair<std::string, std::string>> query;  ///< names and values, decoded, in order

    /// The first value called `name`, or null.
    [[nodiscard]] const std::string* find(std::string_view name) const noexcept {
        for (const auto& [key, value] : query)
            if (key == name) return &value;
        return nullptr;
    }
};

/// Parses a request target. `errc::bad_query` if the query is malformed.
inline result<parsed_target> parse_target(std::string_view target) {
    const auto mark = target.find('?');
    parsed_target out{std::string(target.substr(0, mark)), {}};
    auto rest = mark == target.npos ? std::string_view() : target.substr(mark + 1);
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(pair.size() == rest.size() ? pair.size() : pair.size() + 1);
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals));
        auto value = percent_decode(equals == pair.npos ? std::string_view() : pair.substr(equals + 1));
        if (!name || !value) return error(errc::bad_query);
        out.query.emplace_back(*std::move(name), *std::move(value));
    }
    return out;
}

}  // namespace wxmp::inline v0_1

#endif
