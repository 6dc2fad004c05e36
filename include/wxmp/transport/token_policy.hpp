// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_TOKEN_POLICY_HPP
#define WXMP_TRANSPORT_TOKEN_POLICY_HPP

#include <wxmp/flow/renew_token.hpp>
#include <wxmp/transport/token_store.hpp>

#include <memory>
#include <utility>

namespace wxmp {

/** Replaces the token in a store at once, valid or not: for when it has become known to somebody.

    Nothing in this library does this by itself. With `auth::stable_token` it uses `force_refresh`, 20 times a
    day and 30 s apart (45009, 45011), and ends the former token at once. When somebody else has replaced the
    token meanwhile, that one is the result.

    @code
    c.run(policy.force_renewal(c.settings()));
    @endcode
*/
class force_renewal {
public:
    using value_type = token_record;

    /// As a @ref token_policy makes it.
    force_renewal(std::shared_ptr<detail::token_provider> p, const options& o)
        : provider_(p), flow_(std::move(p), o, {nullptr, true}) {}

    flows::action next(instant now) {
        now_ = now.steady;
        return flow_.next(now);
    }
    void on(flows::event e, instant now) { flow_.on(std::move(e), now); }
    void cancel() { flow_.cancel(); }

    /// The new token, or why there is none.
    [[nodiscard]] result<value_type> take() && {
        const auto token = std::move(flow_).take();
        if (!token) return token.error();
        provider_->learn(*token);
        const auto& t = **token;
        return token_record{t.token, t.fence, detail::between(now_, t.expires_at),
                            detail::between(now_, t.refresh_at)};
    }

private:
    std::shared_ptr<detail::token_provider> provider_;
    detail::renew_token flow_;
    time_point now_{};
};

static_assert(flow<force_renewal>);

/** Gives a client's requests their access token, and keeps it fresh.

    @code
    wxmp::memory_token_store store;
    wxmp::client c(transport, options, wxmp::token_policy(store, wxmp::auth::stable_token{...}));
    @endcode

    While a token is fresh, a call does not ask the store. It is asked when the token is due, by one call at a
    time; when the service has refused the token; and at the beginning. While it is out of reach, the token
    that is known is used as long as it is valid. What copies of a policy know, they share. Any number of
    threads may use it, if they may use the store.
*/
template <token_store Store> class token_policy {
public:
    /** @param store must outlive the client; in the style of its transport, or blocking
        @param grant how a token is got
    */
    template <token_grant_operation Grant>
    token_policy(Store& store, Grant grant, token_options o = {})
        : store_(&store), provider_(std::make_shared<detail::token_provider>(std::move(grant), o)) {}

    /// A flow that replaces the token at once. Only for a client with this policy.
    [[nodiscard]] wxmp::force_renewal force_renewal(const options& o = {}) const { return {provider_, o}; }

    /// Where the token is kept.
    [[nodiscard]] Store& store() const noexcept { return *store_; }

    /// What the flows of a client know about it.
    [[nodiscard]] const std::shared_ptr<detail::token_provider>& provider() const noexcept {
        return provider_;
    }

private:
    Store* store_;
    std::shared_ptr<detail::token_provider> provider_;
};

}  // namespace wxmp

#endif
