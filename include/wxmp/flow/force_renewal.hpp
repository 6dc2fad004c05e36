// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_FORCE_RENEWAL_HPP
#define WXMP_FLOW_FORCE_RENEWAL_HPP

#include <wxmp/flow/renew_token.hpp>

#include <concepts>
#include <optional>
#include <utility>

namespace wxmp {

/** Replaces the token in a store at once, valid or not: for when it has become known to somebody.

    Nothing in this library does this by itself. With `auth::stable_token` it uses `force_refresh`, 20 times a
    day and 30 s apart (45009, 45011), and ends the former token at once. When somebody else has replaced the
    token meanwhile, that one is the result.

    @code
    c.run(wxmp::force_renewal(store, grant, c.settings()));
    @endcode
*/
template <token_store Store, token_grant_operation Grant = auth::stable_token> class force_renewal {
public:
    using value_type = token_record;

    /// @param store must outlive the flow
    /// @param grant how a token is got
    force_renewal(Store& store, Grant grant, options o = {}, token_pace pace = {})
        : store_(&store), grant_(std::move(grant)), options_(std::move(o)), pace_(pace) {
        if constexpr (std::same_as<Grant, auth::stable_token>) grant_.force_refresh = true;
    }

    action next(time_point now) {
        if (!renewal_ && !fault_) begin();
        return fault_ ? action(done{}) : renewal_->next(now);
    }

    void on(event e, time_point now) {
        if (renewal_) renewal_->on(std::move(e), now);
        else fail(error(errc::unexpected_event));
    }

    void cancel() {
        if (renewal_) renewal_->cancel();
        else fail(error(errc::cancelled));
    }

    /// The new token, or why there is none.
    [[nodiscard]] result<value_type> take() && {
        if (fault_) return *std::move(fault_);
        return renewal_ ? std::move(*renewal_).take() : error(errc::unexpected_event);
    }

private:
    void begin() {
        const auto stored = store_->load();
        if (!stored) return fail(stored.error());
        auto former = *stored ? (*stored)->token : secret();
        renewal_.emplace(*store_, grant_, options_, pace_, std::nullopt, std::move(former));
    }

    void fail(error why) {
        if (!fault_) fault_ = std::move(why);
    }

    Store* store_;
    Grant grant_;
    options options_;
    token_pace pace_;
    std::optional<renew_token<Store, Grant>> renewal_;
    std::optional<error> fault_;
};

}  // namespace wxmp

#endif
