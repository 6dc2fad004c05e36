// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_URL_HPP
#define WXMP_CODEC_URL_HPP

#include <wxmp/data/percent_encoding.hpp>
#include <wxmp/error/error.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

/// Undoes @ref percent_encode, and decodes `+` as a space. `errc::bad_query` for a % without two digits.
inline result<std::string> percent_decode(std::string_view text) {
    if (auto decoded = detail::percent_decoded(text, ' ')) return *std::move(decoded);
    return error(errc::bad_query);
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
