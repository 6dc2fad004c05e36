// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_OPENAPI_QUOTA_CLEAR_HPP
#define WXMP_API_OPENAPI_QUOTA_CLEAR_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::openapi {

/** Resets the daily counter of one call.

    Ten times a month, shared by all three reset calls. Not safe to repeat: each success counts.

    Errors: 48006 (used up), 76021 (no such call), 76022 (another kind of token).

    @see POST /cgi-bin/openapi/quota/clear
*/
struct quota_clear {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/openapi/quota/clear").zero_in("errcode");

    struct response {};

    required<std::string> cgi_path;  ///< such as `/cgi-bin/draft/add`; no host, no query

    /// Checks the request before it is sent.
    void check(checker& c) const {
        if (!cgi_path.starts_with('/'))
            c.refuse("cgi_path", "does not start with /; it must be a path such as /cgi-bin/draft/add");
    }
};
BOOST_DESCRIBE_STRUCT(quota_clear, (), (cgi_path))
BOOST_DESCRIBE_STRUCT(quota_clear::response, (), ())

}  // namespace wxmp::inline v0_1::openapi

#endif
