// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_OPENAPI_QUOTA_GET_HPP
#define WXMP_API_OPENAPI_QUOTA_GET_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace wxmp::inline v0_1::openapi {

/// Number of calls per day, Beijing time.
struct day_quota {
    std::int64_t daily_limit{};  ///< allowed
    std::int64_t used{};         ///< made
    std::int64_t remain{};       ///< left
};
BOOST_DESCRIBE_STRUCT(day_quota, (), (daily_limit, used, remain))

/// Number of calls per short period.
struct call_rate {
    std::int64_t call_count{};              ///< allowed
    std::chrono::seconds refresh_second{};  ///< period
};
BOOST_DESCRIBE_STRUCT(call_rate, (), (call_count, refresh_second))

/** Gets the daily quota of a call and its use so far. Safe to repeat.

    Errors: 76021 (no such call), 76022 (another kind of token).

    @see POST /cgi-bin/openapi/quota/get
*/
struct quota_get {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/openapi/quota/get").zero_in("errcode").idempotent();

    struct response {
        day_quota quota{};                                ///< per day
        std::optional<call_rate> rate_limit{};            ///< per short period, if limited
        std::optional<call_rate> component_rate_limit{};  ///< the same for a third-party platform
    };

    required<std::string> cgi_path;  ///< such as `/cgi-bin/draft/add`; no host, no query

    /// Checks the request before it is sent.
    void check(checker& c) const {
        if (!cgi_path.starts_with('/'))
            c.refuse("cgi_path", "does not start with /; it must be a path such as /cgi-bin/draft/add");
    }
};
BOOST_DESCRIBE_STRUCT(quota_get, (), (cgi_path))
BOOST_DESCRIBE_STRUCT(quota_get::response, (), (quota, rate_limit, component_rate_limit))

}  // namespace wxmp::inline v0_1::openapi

#endif
