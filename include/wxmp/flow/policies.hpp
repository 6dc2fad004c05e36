// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_POLICIES_HPP
#define WXMP_FLOW_POLICIES_HPP

#include <wxmp/flow/failover_policy.hpp>
#include <wxmp/flow/retry_policy.hpp>
#include <wxmp/flow/token_provider.hpp>

#include <memory>

namespace wxmp {

/// What a flow's requests go through. Null: not that one. The policies must outlive the flow.
struct policies {
    const retry_policy* retry{};
    const failover_policy* failover{};
    std::shared_ptr<detail::token_provider> token{};  ///< as a `token_policy` has it
};

}  // namespace wxmp

#endif
