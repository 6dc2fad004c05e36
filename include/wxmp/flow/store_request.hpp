// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_STORE_REQUEST_HPP
#define WXMP_FLOW_STORE_REQUEST_HPP

#include <wxmp/data/secret.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>

namespace wxmp {

/// An access token, and how long it is good for. Times are durations, so that machines whose clocks differ
/// can share it: they count from when the store was asked for it, or is given it.
struct token_record {
    secret token{};                          ///< the token
    std::uint64_t fence{};                   ///< of the lease under which it was got; a later one is larger
    std::chrono::milliseconds expires_in{};  ///< then it is not valid any more; 0 or less: it is not now
    std::chrono::milliseconds refresh_in{};  ///< then it is to be renewed, and still used meanwhile
};

/// What is wanted of a token store. See @ref token_store.
struct load_token {};
struct lease_token {
    std::chrono::milliseconds time;  ///< how long nobody else may renew
};
struct commit_token {
    token_record record;
};
struct release_token {
    std::uint64_t fence;  ///< the lease to give back
};
struct invalidate_token {
    secret token;
};

/// One of these.
using store_request = std::variant<load_token, lease_token, commit_token, release_token, invalidate_token>;

/// What a token store says.
struct store_answer {
    std::optional<token_record> record{};  ///< to a load: what it has
    std::uint64_t fence{};                 ///< to a lease: the right to renew; 0 while somebody else has it
    bool committed{};                      ///< to a commit: whether the record was kept
};

}  // namespace wxmp

#endif
