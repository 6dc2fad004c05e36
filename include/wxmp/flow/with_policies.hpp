// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_WITH_POLICIES_HPP
#define WXMP_FLOW_WITH_POLICIES_HPP

#include <wxmp/flow/detail/policy_layer.hpp>

#include <utility>

namespace wxmp {

/** Runs any flow, and its requests go through some policies: they get an access token, go to another host,
    and are sent again. What @ref client does to all that it runs.

    With a token policy, each request that needs one gets the newest token that is known in this process; only
    when that is due, or was refused (40001, 40014, 42001), or there is none, is the store asked, by one flow
    at a time. One that was refused is sent once more with another token, which the service is only asked for
    if the store still has the refused one; the second answer is passed on whatever it is. A request that is
    not sent for want of a token fails with the return code that the service gave to the renewal, with
    `errc::store_failed`, or with `errc::connect_failed` and the reason.

    It ends after a renewal that it has begun, so that nobody else has to; cancelled, it gives back the lease.
*/
template <flow F> class with_policies {
public:
    using value_type = typename F::value_type;

    /// @param o must outlive the flow
    with_policies(F&& inner, policies p, const options& o)
        : inner_(std::move(inner)), layer_(std::move(p), o) {}

    flows::action next(instant now) { return layer_.next(flow_ref(inner_), now); }
    void on(flows::event e, instant now) { layer_.on(flow_ref(inner_), std::move(e), now); }
    void cancel() { layer_.cancel(); }

    /// What the inner flow made of it.
    [[nodiscard]] result<value_type> take() && {
        if (layer_.fault()) return *layer_.fault();
        return std::move(inner_).take();
    }

private:
    F inner_;
    detail::policy_layer layer_;
};

}  // namespace wxmp

#endif
