// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_REDACT_HPP
#define WXMP_DATA_REDACT_HPP

#include <wxmp/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

namespace detail {

// A percent-encoded name may be any name.
constexpr bool names_a_secret(std::string_view name) noexcept {
    constexpr std::string_view marks[] = {"token", "secret", "ticket", "code", "%"};
    for (const auto mark : marks)
        if (name.find(mark) != name.npos) return true;
    return false;
}

}  // namespace detail

/** Makes a URL, or just its query, safe to print.

    Replaces with `***` each query value whose name contains token, secret, ticket, code or a `%`.
*/
inline std::string redact_query(std::string_view url) {
    const auto mark = url.find('?');
    std::string out(mark == url.npos ? std::string_view() : url.substr(0, mark));
    auto rest = mark == url.npos ? url : url.substr(mark);
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&', 1));
        const auto name = pair.substr(0, pair.find('='));
        const bool hide = name.size() != pair.size() && detail::names_a_secret(name);
        out.append(hide ? name : pair).append(hide ? "=***" : "");
        rest.remove_prefix(pair.size());
    }
    return out;
}

}  // namespace wxmp::inline v0_1

#endif
