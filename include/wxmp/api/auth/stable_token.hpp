// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_AUTH_STABLE_TOKEN_HPP
#define WXMP_API_AUTH_STABLE_TOKEN_HPP

#include <wxmp/api/auth/token_grant.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>
#include <wxmp/data/secret.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace wxmp::inline v0_1::auth {

/** Gets the current access token, or a new one when it is about to expire.

    Several programs may call it: without `force_refresh` it returns the same token until five minutes before
    that expires. 10 000 calls a minute, 500 000 a day. Independent of @ref token.

    Errors: 40001 and 40125 (wrong secret), 40002, 40013 (unknown appid), 40164 (address not in the
    whitelist), 45009, 45011.

    @see POST /cgi-bin/stable_token
*/
struct stable_token {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/stable_token").without_token().idempotent();

    using response = token_grant;

    constant<"client_credential"> grant_type{};  ///< fixed
    required<std::string> appid;                 ///< of the account
    required<wxmp::secret> secret;               ///< of the account
    std::optional<bool> force_refresh{};         ///< a new token at once; 20 a day, 30 s apart
};
BOOST_DESCRIBE_STRUCT(stable_token, (), (grant_type, appid, secret, force_refresh))

}  // namespace wxmp::inline v0_1::auth

#endif
