// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_POLICIES_HPP
#define WXMP_FLOW_POLICIES_HPP

#include <wxmp/flow/failover_policy.hpp>
#include <wxmp/flow/retry_policy.hpp>

#include <memory>

namespace wxmp::inline v0_1 {

namespace detail {
class token_provider;
}

/// The policies that apply to a flow's requests; null: none of that kind. They must outlive the flow.
struct policies {
    const retry_policy* retry{};                      ///< when to send again
    const failover_policy* failover{};                ///< which other hosts to try
    std::shared_ptr<detail::token_provider> token{};  ///< from a `token_policy`
};

}  // namespace wxmp::inline v0_1

#endif
