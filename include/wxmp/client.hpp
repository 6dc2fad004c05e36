// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CLIENT_HPP
#define WXMP_CLIENT_HPP

#include <wxmp/flow/call.hpp>
#include <wxmp/flow/with_policies.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/transport/detail/check_call.hpp>
#include <wxmp/transport/drive.hpp>
#include <wxmp/transport/token_policy.hpp>

#include <concepts>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace wxmp::inline v0_1 {

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

/// A policy for the requests of a client: @ref token_policy, @ref retry_policy or @ref failover_policy.
template <class P>
concept request_policy =
    std::same_as<P, retry_policy> || std::same_as<P, failover_policy> || detail::is_token_policy<P>;

namespace detail {

// True of a policy that serves the transport; else it says why not.
template <class P, class T> consteval bool check_policy() {
    static_assert(request_policy<P>, "wxmp: this type is no policy: a client takes a `token_policy`, "
                                     "a `retry_policy` and a `failover_policy`");
    return true;
}
template <class P, class T>
    requires is_token_policy<P>
consteval bool check_policy() {
    return check_store_for<typename P::store_type, std::remove_reference_t<T>>();
}

}  // namespace detail

/** Makes calls and runs flows over a @ref transport, with a @ref request_policy of each kind or without. Owns
    the transport; `client<some_transport&>`, or a client constructed from a `std::ref`, borrows it.

    The return type depends on the transport: a `result<...>` if it blocks; its own task of one if awaitable;
    with callbacks, a @ref run_handle, and the handler, the last argument, gets the result. The client must
    outlive its tasks and runs, and must not be moved meanwhile.

    @code
    wxmp::client c(transport, options, wxmp::token_policy(store, grant), wxmp::retry_policy());
    @endcode

    It can be used again after a run that ended in an exception, std::bad_alloc too: see @ref drive.

    Calls do not modify the client, so several threads may make them concurrently if the transport allows
    concurrent use. Setting the token is not thread-safe.
*/
template <class T, class... Policy> class client {
    static_assert(detail::check_transport<T>() && (detail::check_policy<Policy, T>() && ...));

public:
    /// Takes the transport, the options for all requests, and at most one policy of each kind, in any order.
    explicit client(T t, options o, Policy... p)
        : transport_(static_cast<T&&>(t)), options_(std::move(o)), policies_(std::move(p)...) {}

    /// With default options and no policies.
    explicit client(T t) requires(sizeof...(Policy) == 0)
        : transport_(static_cast<T&&>(t)), options_(detail::compiled.operation.default_options()) {}

    /// Sets the access token for requests from now on, unless a @ref token_policy supplies one.
    void access_token(secret token) { token_ = std::move(token); }

    /// The options for all requests.
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

    /// With anything else: the error says what it lacks.
    template <class Op, class Options = run_options, class... More>
        requires(!operation<Op>)
    auto operator()(const Op&, const Options& = {}, const More&...) {
        static_assert(detail::check_call<Op>());
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

    /// With anything else: the error says what it lacks.
    template <class F, class Options = run_options, class... More>
        requires(!flow<F>)
    auto run(const F&, const Options& = {}, const More&...) { static_assert(detail::check_flow<F>()); }

private:
    auto& store() const {
        return std::apply(
            [](const auto&... p) -> auto& { return detail::store_among(p...); }, policies_);
    }

    template <flow F> auto through_policies(F&& f) const {
        if constexpr (sizeof...(Policy) == 0) return std::forward<F>(f);
        else {
            policies all;
            std::apply([&](const auto&... p) { (detail::add_to(all, p), ...); }, policies_);
            return with_policies<F>(std::forward<F>(f), std::move(all), options_);
        }
    }

    T transport_;
    options options_;
    std::tuple<Policy...> policies_;
    secret token_;
};

/// A client that borrows its transport.
template <class T, class... Policy>
client(std::reference_wrapper<T>, options, Policy...) -> client<T&, Policy...>;

/// The same, with default options.
template <class T> client(std::reference_wrapper<T>) -> client<T&>;

}  // namespace wxmp::inline v0_1

#endif
