// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_WITH_POLICIES_HPP
#define WXMP_FLOW_WITH_POLICIES_HPP

#include <wxmp/detail/owned.hpp>
#include <wxmp/flow/detail/check_flow.hpp>
#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/flow_ref.hpp>
#include <wxmp/flow/policies.hpp>
#include <wxmp/operation/options.hpp>

#include <utility>

namespace wxmp::inline v0_1 {

/// Of anything but a flow: the error says what it lacks.
template <class F> class with_policies {
    static_assert(detail::check_flow<F>());

public:
    /// Does not compile.
    with_policies(const F&, const policies&, const options&);
};

/** Wraps a flow and applies policies to its requests: adds an access token, fails over to other hosts, and
    retries. A @ref client does this for all that it runs.

    With a token policy, each request that needs a token gets the newest one known in this process. The store
    is only asked, by one flow at a time, if that is due for renewal, was rejected (40001, 40014, 42001), or
    does not exist. A request whose token was rejected is sent once more with another, which the service is
    asked for only if the store still has the rejected one; a second rejection is final. A request that cannot
    be sent for lack of a token fails with the return code of the renewal, with `errc::store_failed` or
    `errc::bad_record`, or with `errc::connect_failed` and the reason.

    A renewal that it has started is completed before it ends; when cancelled, it releases the lease.
*/
template <flow F> class with_policies<F> {
public:
    using value_type = typename F::value_type;

    /// @param o must outlive the flow
    with_policies(F&& inner, policies p, const options& o)
        : inner_(std::move(inner)), layer_(detail::compiled.flow.new_policy_layer(std::move(p), o)) {}

    flows::action next(instant now) { return layer_->next(flow_ref(inner_), now); }
    void on(flows::event&& e, instant now) { layer_->on(flow_ref(inner_), std::move(e), now); }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }
    void cancel() { layer_->cancel(); }

    /// The result of the inner flow.
    [[nodiscard]] result<value_type> take() && {
        if (layer_->fault()) return *layer_->fault();
        return std::move(inner_).take();
    }

private:
    F inner_;
    detail::owned<detail::policy_layer> layer_;
};

}  // namespace wxmp::inline v0_1

#endif
