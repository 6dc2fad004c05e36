// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_TOKEN_POLICY_HPP
#define WXMP_TRANSPORT_TOKEN_POLICY_HPP

#include <wxmp/detail/owned.hpp>
#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/flow.hpp>
#include <wxmp/flow/token_provider.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/transport/detail/check_token_store.hpp>
#include <wxmp/transport/token_store.hpp>

#include <memory>
#include <utility>

namespace wxmp::inline v0_1 {

/** Replaces the token in a store at once, valid or not: for use when a token has leaked.

    The library never does this by itself. With `auth::stable_token` it uses `force_refresh`, which is limited
    to 20 times a day, 30 s apart (45009, 45011), and ends the previous token at once. If another client has
    replaced the token meanwhile, the result is that one.

    @code
    c.run(policy.force_renewal(c.settings()));
    @endcode
*/
class force_renewal {
public:
    using value_type = token_record;

    /// Used by @ref token_policy::force_renewal, which makes one.
    force_renewal(const std::shared_ptr<detail::token_provider>& p, const options& o)
        : state_(detail::compiled.flow.new_renewal(p, o)) {}

    flows::action next(instant now) { return state_->next(now); }
    void on(flows::event&& e, instant now) { state_->on(std::move(e), now); }
    void on(const flows::event& e, instant now) { on(flows::event(e), now); }
    void cancel() { state_->cancel(); }

    /// The new token, or the error.
    [[nodiscard]] result<value_type> take() && {
        token_record renewed;
        if (auto fault = state_->take(renewed)) return *std::move(fault);
        return renewed;
    }

private:
    detail::owned<detail::renewal> state_;
};

/** Adds the access token to a client's requests, and renews it.

    @code
    wxmp::memory_token_store store;
    wxmp::client c(transport, options, wxmp::token_policy(store, wxmp::auth::stable_token{...}));
    @endcode

    While the token is fresh, calls do not access the store. They do, one call at a time, when the token is
    due for renewal or was rejected by the service, and at the start. While the store is unreachable, the
    known token is used as long as it is valid. Copies of a policy share state. Thread-safe if the store is.
*/
template <class Store> class token_policy {
    static_assert(detail::check_token_store<Store>());

public:
    using store_type = Store;  ///< a @ref token_store

    /** @param store must outlive the client; of the same style as its transport, or blocking
        @param grant the operation that obtains a token
    */
    template <token_grant_operation Grant>
    token_policy(Store& store, Grant grant, token_options o = {})
        : store_(&store),
          provider_(detail::compiled.flow.new_token_provider(detail::grant_of(std::move(grant)), o)) {}

    /// Any other grant: the error says what it lacks.
    template <class Grant>
        requires(!token_grant_operation<Grant>)
    token_policy(Store&, const Grant&, const token_options& = {}) {
        static_assert(token_grant_operation<Grant>,
                      "wxmp: this type obtains no token: pass an operation whose `response` is "
                      "`wxmp::auth::token_grant`, as `wxmp::auth::stable_token`");
    }

    /// Makes a flow that replaces the token at once. Run it on a client with this policy.
    [[nodiscard]] wxmp::force_renewal force_renewal(const options& o = {}) const { return {provider_, o}; }

    /// The token store.
    [[nodiscard]] Store& store() const noexcept { return *store_; }

    /// The token state that the flows of a client share.
    [[nodiscard]] const std::shared_ptr<detail::token_provider>& provider() const noexcept {
        return provider_;
    }

private:
    Store* store_;
    std::shared_ptr<detail::token_provider> provider_;
};

}  // namespace wxmp::inline v0_1

#endif
