// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_STORE_REQUEST_HPP
#define WXMP_FLOW_STORE_REQUEST_HPP

#include <wxmp/data/secret.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>

namespace wxmp::inline v0_1 {

/// An access token and its remaining lifetime. Durations count from the load or the commit, so that machines
/// whose clocks differ can share it.
struct token_record {
    secret token{};                          ///< the token
    std::uint64_t fence{};                   ///< of the lease it was obtained under; later ones are larger
    std::chrono::milliseconds expires_in{};  ///< remaining validity; 0 or less: expired
    std::chrono::milliseconds refresh_in{};  ///< time until it is due for renewal; usable meanwhile
};

/// Asks a @ref token_store for the stored record.
struct load_token {};

/// Asks for the right to renew the token.
struct lease_token {
    std::chrono::milliseconds time;  ///< how long the lease lasts
};

/// Stores a new record, unless a later lease has stored one.
struct commit_token {
    token_record record;  ///< with the fence of the lease
};

/// Gives a lease back.
struct release_token {
    std::uint64_t fence;  ///< of the lease to release
};

/// Tells that the service refused a token.
struct invalidate_token {
    secret token;  ///< ignored if another one is stored by now
};

/// Any request to a token store.
using store_request = std::variant<load_token, lease_token, commit_token, release_token, invalidate_token>;

/// The answer of a token store.
struct store_answer {
    std::optional<token_record> record{};  ///< to a load: the stored record
    std::uint64_t fence{};                 ///< to a lease: its fence; 0 while another client holds it
    bool committed{};                      ///< to a commit: whether the record was stored
};

}  // namespace wxmp::inline v0_1

#endif
