// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_TOKEN_STORE_HPP
#define WXMP_FLOW_TOKEN_STORE_HPP

#include <wxmp/data/secret.hpp>
#include <wxmp/flow/flow.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>

namespace wxmp {

/// An access token, and when it is to be renewed.
struct token_record {
    secret token{};           ///< the token
    std::uint64_t fence{};    ///< of the lease under which it was got; a later one is larger
    time_point expires_at{};  ///< from then on it is not valid
    time_point refresh_at{};  ///< from then on it is renewed, and still used meanwhile
};

/** Where the token of one account is kept, and who may renew it.

    - `load()` gives the record, or nothing.
    - `try_lease(now, time)` gives the right to renew for so long, as a fence that is larger than every one
      before; or nothing while somebody else has it.
    - `commit(record)` keeps the record unless one with a larger or equal fence is there; whether it did.
    - `release(fence)` gives the lease back, if it still is that one.
    - `invalidate(token)` makes the record expire at once, if it still holds that token.

    A store for several machines is one that does each of these in one step. Its errors hold no secret. What
    several threads share must be safe for that.
*/
template <class S>
concept token_store = requires(S& s, const token_record& r, const secret& token, std::uint64_t fence,
                               time_point now, std::chrono::milliseconds time) {
    { s.load() } -> std::same_as<result<std::optional<token_record>>>;
    { s.try_lease(now, time) } -> std::same_as<result<std::optional<std::uint64_t>>>;
    { s.commit(r) } -> std::same_as<result<bool>>;
    { s.release(fence) } -> std::same_as<result<void>>;
    { s.invalidate(token) } -> std::same_as<result<void>>;
};

}  // namespace wxmp

#endif
