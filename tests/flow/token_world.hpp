// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_FLOW_TOKEN_WORLD_HPP
#define WXMP_TESTS_FLOW_TOKEN_WORLD_HPP

#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/operation/options.hpp>

#include "logged_store.hpp"
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace wxmp_test {

inline const std::string app_secret = "CANARY-secret";

inline wxmp::auth::stable_token stable() { return {.appid = "wx1", .secret = wxmp::secret(app_secret)}; }

inline const wxmp::options calm = [] {
    wxmp::options o;
    o.random = [] { return std::uint64_t{0}; };
    return o;
}();

inline std::string token_in(const wxmp::http::request& r) {
    constexpr std::string_view mark = "access_token=";
    const auto& target = r.target.reveal();
    const auto at = target.find(mark);
    return at == target.npos ? std::string() : target.substr(at + mark.size());
}

inline bool is_free(logged_store& s) { return s.inner.lease(std::chrono::seconds(1)).value().has_value(); }

}  // namespace wxmp_test

#endif
