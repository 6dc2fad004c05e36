// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_OPENAPI_RID_GET_HPP
#define WXMP_API_OPENAPI_RID_GET_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/redact.hpp>
#include <wxmp/data/secret.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>

namespace wxmp::openapi {

/** Tells what the service received and answered in one failed exchange, for a week. Safe to repeat.

    Errors: 76003 (another account's rid).

    @see POST /cgi-bin/openapi/rid/get
*/
struct rid_get {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/openapi/rid/get").zero_in("errcode").idempotent();

    /// One exchange. The URL holds an access token; the bodies of a call that gets one hold secrets as well.
    struct exchange {
        unix_seconds invoke_time{};  ///< when
        std::int64_t cost_in_ms{};   ///< how long it took, in milliseconds
        secret request_url{};        ///< for display see @ref redacted_url
        secret request_body{};       ///< as it was received
        secret response_body{};      ///< as it was answered
        std::string client_ip{};     ///< the caller's address

        /// The URL fit to be printed: with `***` in place of the token.
        [[nodiscard]] std::string redacted_url() const { return redact_query(request_url.reveal()); }
    };

    struct response {
        exchange request{};  ///< what is known
    };

    std::string rid;  ///< of `error::rid()`

    /// What is refused before it is sent.
    void check(checker& c) const { c.not_empty("rid", rid); }
};
BOOST_DESCRIBE_STRUCT(rid_get, (), (rid))
BOOST_DESCRIBE_STRUCT(rid_get::exchange, (),
                      (invoke_time, cost_in_ms, request_url, request_body, response_body, client_ip))
BOOST_DESCRIBE_STRUCT(rid_get::response, (), (request))

}  // namespace wxmp::openapi

#endif
