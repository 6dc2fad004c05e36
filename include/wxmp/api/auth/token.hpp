// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_AUTH_TOKEN_HPP
#define WXMP_API_AUTH_TOKEN_HPP

#include <wxmp/api/auth/token_grant.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>
#include <wxmp/data/secret.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::auth {

/** Gets a new access token; the previous one stays valid for five minutes.

    Programs that each call this invalidate each other's token; with @ref stable_token they do not.

    Errors: 40001 and 40125 (wrong secret), 40002, 40013 (unknown appid), 40164 (address not in the
    whitelist), 45009.

    @see GET /cgi-bin/token
*/
struct token {
    static constexpr endpoint at = endpoint::get("/cgi-bin/token").without_token();

    using response = token_grant;

    constant<"client_credential"> grant_type{};  ///< fixed
    required<std::string> appid;                 ///< of the account
    required<wxmp::secret> secret;               ///< of the account
};
BOOST_DESCRIBE_STRUCT(token, (), (grant_type, appid, secret))

}  // namespace wxmp::inline v0_1::auth

#endif
