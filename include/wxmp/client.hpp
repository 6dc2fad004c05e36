// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CLIENT_HPP
#define WXMP_CLIENT_HPP

#include <wxmp/flow/call.hpp>
#include <wxmp/flow/with_policies.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/transport/drive.hpp>
#include <wxmp/transport/token_policy.hpp>

#include <concepts>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace wxmp {

namespace detail {

template <class P> inline constexpr bool is_token_policy = false;
template <class S> inline constexpr bool is_token_policy<token_policy<S>> = true;

inline void add_to(policies& all, const retry_policy& p) { all.retry = &p; }
inline void add_to(policies& all, const failover_policy& p) { all.failover = &p; }
template <class S> void add_to(policies& all, const token_policy<S>& p) { all.token = p.provider(); }

inline no_token_store& store_among() {
    static no_token_store none;
    return none;
}
template <class First, class... More> auto& store_among(const First& first, const More&... more) {
    if constexpr (is_token_policy<First>) return first.store();
    else return store_among(more...);
}

}  // namespace detail

/// What a client does to every request: @ref token_policy, @ref retry_policy, @ref failover_policy.
template <class P>
concept request_policy =
    std::same_as<P, retry_policy> || std::same_as<P, failover_policy> || detail::is_token_policy<P>;

/** Makes calls and runs flows over a transport, which it owns; `client<some_transport&>` borrows one, as
    does a client that is made of a `std::ref`.

    What it returns follows the transport: a `result<...>`; the transport's own task of one; or a
    @ref run_handle, with the result going to a handler, which comes last. It must outlive the tasks and runs
    that it started, and stay where it is meanwhile.

    @code
    wxmp::client c(transport, options, wxmp::token_policy(store, grant), wxmp::retry_policy());
    @endcode

    It has no lock. A call changes nothing in it, so that several threads may make calls at a time if they may
    use the transport at a time.
*/
template <transport T, request_policy... Policy> class client {
public:
    /// Takes the transport; `o` tells which host and which limits. One policy of each kind, in any order.
    explicit client(T t, options o = {}, Policy... p)
        : transport_(static_cast<T&&>(t)), options_(std::move(o)), policies_(std::move(p)...) {}

    /// Sets the token that is added to each request from now on, unless it has one by a @ref token_policy.
    void access_token(secret token) { token_ = std::move(token); }

    /// The options of each call.
    [[nodiscard]] const options& settings() const noexcept { return options_; }

    /// The transport.
    [[nodiscard]] auto& next_layer() noexcept { return transport_; }

    /// Makes one call.
    template <operation Op>
        requires(!callback_transport<T>)
    auto operator()(Op op, run_options o = {}) {
        return run(call<Op>(std::move(op), options_), std::move(o));
    }

    /// Makes one call; `handler` gets the `result<Op::response>`.
    template <operation Op, class Handler>
    requires callback_transport<T> run_handle operator()(Op op, run_options o, Handler handler) {
        return run(call<Op>(std::move(op), options_), std::move(o), std::move(handler));
    }
    template <operation Op, class Handler>
    requires callback_transport<T> run_handle operator()(Op op, Handler handler) {
        return (*this)(std::move(op), {}, std::move(handler));
    }

    /// Runs a flow.
    template <flow F>
        requires(!callback_transport<T>)
    auto run(F f, run_options o = {}) {
        return drive(transport_, store(), through_policies(std::move(f)), token_, std::move(o));
    }

    /// Runs a flow; `handler` gets its result.
    template <flow F, class Handler>
        requires callback_transport<T> run_handle run(F f, run_options o, Handler handler) {
            return drive(transport_, store(), through_policies(std::move(f)), token_, std::move(o),
                         std::move(handler));
        }
    template <flow F, class Handler>
        requires callback_transport<T> run_handle run(F f, Handler handler) {
            return run(std::move(f), {}, std::move(handler));
        }

private:
    auto& store() const {
        return std::apply(
            [](const auto&... p) -> auto& { return detail::store_among(p...); }, policies_);
    }

    template <flow F> auto through_policies(F&& f) const {
        if constexpr (sizeof...(Policy) == 0) return std::move(f);
        else {
            policies all;
            std::apply([&](const auto&... p) { (detail::add_to(all, p), ...); }, policies_);
            return with_policies<F>(std::move(f), std::move(all), options_);
        }
    }

    T transport_;
    options options_;
    std::tuple<Policy...> policies_;
    secret token_;
};

/// A client that borrows its transport.
template <transport T, request_policy... Policy>
client(std::reference_wrapper<T>, options, Policy...) -> client<T&, Policy...>;

/// The same with default options.
template <transport T> client(std::reference_wrapper<T>) -> client<T&>;

}  // namespace wxmp

#endif
