// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_FLOW_FUNCTIONS_HPP
#define WXMP_FLOW_DETAIL_FLOW_FUNCTIONS_HPP

#include <wxmp/detail/compiled.hpp>
#include <wxmp/flow/flow_ref.hpp>
#include <wxmp/operation/detail/operation_functions.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wxmp::inline v0_1 {

struct policies;
struct token_options;

namespace detail {

struct token_grant;
class token_provider;

// What runs a call, without its type.
struct call_state {
    virtual ~call_state() = default;
    virtual flows::action next() = 0;
    virtual void on(flows::event&&) = 0;
    virtual void cancel() noexcept = 0;
    // Writes the response to `answer`, or returns the error.
    virtual std::optional<error> take(const answer_type&, void* answer) = 0;
};

// What sits between a flow and its driver: sends the flow's requests with a token, and again as the policies
// demand.
struct policy_layer {
    virtual ~policy_layer() = default;
    virtual flows::action next(flow_ref inner, instant now) = 0;
    virtual void on(flow_ref inner, flows::event&&, instant now) = 0;
    virtual void cancel() noexcept = 0;
    virtual const std::optional<error>& fault() const noexcept = 0;
};

// What replaces the token in a store.
struct renewal {
    virtual ~renewal() = default;
    virtual flows::action next(instant now) = 0;
    virtual void on(flows::event&&, instant now) = 0;
    virtual void cancel() noexcept = 0;
    // Writes the new token to `renewed`, or returns the error.
    virtual std::optional<error> take(token_record& renewed) = 0;
};

// What wxmp/src.hpp compiles of this layer.
struct flow_functions {
    call_state* (*new_call)(const request_type&, void* op, const options&);
    policy_layer* (*new_policy_layer)(policies&&, const options&);
    renewal* (*new_renewal)(const std::shared_ptr<token_provider>&, const options&);
    std::shared_ptr<token_provider> (*new_token_provider)(token_grant&&, const token_options&);
    std::vector<std::string> (*hosts_of_service)();
};

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
