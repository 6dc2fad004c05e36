// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_CALL_HPP
#define WXMP_FLOW_CALL_HPP

#include <wxmp/data/required.hpp>
#include <wxmp/detail/owned.hpp>
#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/flow.hpp>
#include <wxmp/operation/operation.hpp>
#include <wxmp/operation/options.hpp>

#include <utility>

namespace wxmp::inline v0_1 {

/// Runs one operation as a @ref flow: one request, one response.
template <operation Op> class call {
public:
    using value_type = typename Op::response;

    /// Prepares `op`. If it is invalid, nothing is sent and @ref take returns the error.
    explicit call(Op op, const options& o = {})
        : state_(detail::compiled.flow.new_call(detail::request_type_of<Op>, &op, o)) {}

    flows::action next(instant) { return state_->next(); }
    void on(flows::event&& e, instant) { state_->on(std::move(e)); }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }
    void cancel() { state_->cancel(); }

    /// The response, or the error.
    [[nodiscard]] result<value_type> take() && {
        auto answer = detail::blank::make<value_type>();
        if (auto fault = state_->take(detail::answer_type_of<Op>, &answer)) return *std::move(fault);
        return answer;
    }

private:
    detail::owned<detail::call_state> state_;
};

}  // namespace wxmp::inline v0_1

#endif
