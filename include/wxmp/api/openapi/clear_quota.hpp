// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_OPENAPI_CLEAR_QUOTA_HPP
#define WXMP_API_OPENAPI_CLEAR_QUOTA_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::openapi {

/** Resets all daily call counters of the account.

    Ten times a month, shared by all three reset calls. Not safe to repeat: each success counts.

    Errors: 40013 (not the token's account), 48006 (used up).

    @see POST /cgi-bin/clear_quota
*/
struct clear_quota {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/clear_quota").zero_in("errcode");

    struct response {};

    required<std::string> appid;  ///< of the account

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("appid", appid); }
};
BOOST_DESCRIBE_STRUCT(clear_quota, (), (appid))
BOOST_DESCRIBE_STRUCT(clear_quota::response, (), ())

}  // namespace wxmp::inline v0_1::openapi

#endif
