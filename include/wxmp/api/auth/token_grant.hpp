// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_AUTH_TOKEN_GRANT_HPP
#define WXMP_API_AUTH_TOKEN_GRANT_HPP

#include <wxmp/data/secret.hpp>

#include <boost/describe/class.hpp>

#include <chrono>

namespace wxmp::inline v0_1::auth {

/// An access token and its lifetime.
struct token_grant {
    wxmp::secret access_token{};        ///< allow for at least 512 bytes
    std::chrono::seconds expires_in{};  ///< lifetime, at most 7200 s
};
BOOST_DESCRIBE_STRUCT(token_grant, (), (access_token, expires_in))

}  // namespace wxmp::inline v0_1::auth

#endif
