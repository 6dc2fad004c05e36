// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_OPENAPI_CLEAR_QUOTA_V2_HPP
#define WXMP_API_OPENAPI_CLEAR_QUOTA_V2_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>
#include <wxmp/data/secret.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::openapi {

/** Resets all daily call counters, like @ref clear_quota, but without an access token.

    For when the quota of the token calls is itself used up. Ten times a month, shared by all three reset
    calls. Not safe to repeat: each success counts.

    Errors: 40013 (appid), 40125 (secret), 48006 (used up).

    @see POST /cgi-bin/clear_quota/v2
*/
struct clear_quota_v2 {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/clear_quota/v2").without_token().zero_in("errcode");

    struct response {};

    required<std::string> appid;       ///< of the account
    required<wxmp::secret> appsecret;  ///< of the account

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("appid", appid); }
};
BOOST_DESCRIBE_STRUCT(clear_quota_v2, (), (appid, appsecret))
BOOST_DESCRIBE_STRUCT(clear_quota_v2::response, (), ())

}  // namespace wxmp::inline v0_1::openapi

#endif
