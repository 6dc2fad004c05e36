// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_OPENAPI_RID_GET_HPP
#define WXMP_API_OPENAPI_RID_GET_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/redact.hpp>
#include <wxmp/data/required.hpp>
#include <wxmp/data/secret.hpp>

#include <boost/describe/class.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace wxmp::inline v0_1::openapi {

/** Gets the request and response of a failed call of the last week, by its rid. Safe to repeat.

    Errors: 76003 (another account's rid).

    @see POST /cgi-bin/openapi/rid/get
*/
struct rid_get {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/openapi/rid/get").zero_in("errcode").idempotent();

    /// One exchange. The URL holds an access token; the bodies of a token call hold secrets as well.
    struct exchange {
        std::optional<std::chrono::sys_seconds> invoke_time{};  ///< time of the call
        std::optional<std::chrono::milliseconds> cost_in_ms{};  ///< duration
        secret request_url{};                                   ///< to print it, see @ref redacted_url
        secret request_body{};                                  ///< as received
        secret response_body{};                                 ///< as sent
        std::optional<std::string> client_ip{};                 ///< the caller's address, if it is known

        /// The URL, safe to print: with `***` in place of the token.
        [[nodiscard]] std::string redacted_url() const { return redact_url(request_url.reveal()); }
    };

    struct response {
        exchange request{};  ///< the failed call
    };

    required<std::string> rid;  ///< from `error::rid()`

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("rid", rid); }
};
BOOST_DESCRIBE_STRUCT(rid_get, (), (rid))
BOOST_DESCRIBE_STRUCT(rid_get::exchange, (),
                      (invoke_time, cost_in_ms, request_url, request_body, response_body, client_ip))
BOOST_DESCRIBE_STRUCT(rid_get::response, (), (request))

}  // namespace wxmp::inline v0_1::openapi

#endif
