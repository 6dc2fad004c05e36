// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_TOKEN_PROVIDER_HPP
#define WXMP_FLOW_TOKEN_PROVIDER_HPP

#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/auth/token.hpp>
#include <wxmp/flow/backoff.hpp>
#include <wxmp/flow/flow.hpp>
#include <wxmp/operation/operation.hpp>
#include <wxmp/operation/options.hpp>

#include <chrono>
#include <concepts>
#include <functional>
#include <optional>
#include <utility>

namespace wxmp::inline v0_1 {

/// An operation that obtains an access token: `auth::stable_token`, `auth::token`, or your own that calls a
/// central token service.
template <class Op>
concept token_grant_operation = operation<Op> && std::same_as<typename Op::response, auth::token_grant>;

/// When tokens are renewed, and how.
struct token_options {
    std::chrono::milliseconds lease{60'000};          ///< of a lease; at least twice the HTTP timeout
    double early = 0.8;                               ///< fraction of a token's life after which to renew it
    std::chrono::milliseconds stable_early{300'000};  ///< before expiry, for `auth::stable_token`
    double jitter = 0.01;                             ///< random delay of renewal: at most this fraction

    /** How long a token is used before the store is checked for a newer one, in case another client has
        replaced it early. By default until it is due for renewal: a replaced token is then noticed when the
        service rejects it, at the cost of one exchange. With `auth::token` on several machines, where a new
        token ends the previous one after 5 minutes, 4 minutes avoids that, too.
    */
    std::chrono::milliseconds recheck = std::chrono::milliseconds::max();

    /// Back-off before the store is asked again, while another client renews or the store fails. `longest`
    /// should be a small part of the time between renewal and expiry. If the tries run out without a usable
    /// token, the result is `errc::timeout`.
    backoff again{.tries = 0,
                  .first = std::chrono::milliseconds(200),
                  .factor = 1.5,
                  .longest = std::chrono::milliseconds(2'000),
                  .total = std::chrono::milliseconds(90'000)};
};

namespace detail {

// How a token is obtained, without the type of the operation.
struct token_grant {
    bool is_stable;
    std::function<std::optional<error>(const options&, bool force, http::request& out)> prepare;
    const answer_type* answer;  // of auth::token_grant
};

template <token_grant_operation Grant> token_grant grant_of(Grant grant) {
    return {std::same_as<Grant, auth::stable_token>,
            [grant = std::move(grant)](const options& how, [[maybe_unused]] bool force, http::request& out) {
                auto op = grant;
                if constexpr (std::same_as<Grant, auth::stable_token>)
                    if (force) op.force_refresh = true;
                return compiled.operation.prepare(request_type_of<Grant>, &op, how, out);
            },
            &answer_type_of<Grant>};
}

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
