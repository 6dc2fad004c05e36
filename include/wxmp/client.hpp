// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CLIENT_HPP
#define WXMP_CLIENT_HPP

#include <wxmp/flow/call.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/transport/drive.hpp>

#include <concepts>
#include <functional>
#include <tuple>
#include <utility>

namespace wxmp {

namespace detail {

struct any_flow {
    using value_type = int;
    action next(time_point) { return done{}; }
    void on(event, time_point) {}
    void cancel() {}
    result<int> take() && { return 0; }
};

// The flow that was wrapped, any number of times.
template <flow F, flow W> const F& innermost(const W& w) noexcept {
    if constexpr (std::same_as<F, W>) return w;
    else return innermost<F>(w.inner());
}

template <flow F, class Options> F wrap(F f, const Options&) { return f; }

template <flow F, class Options, class First, class... More>
auto wrap(F f, const Options& o, const First& first, const More&... more) {
    return wrap(first.wrap(std::move(f), o), o, more...);
}

}  // namespace detail

/// What a client does to every flow before it runs it: @ref token_care, @ref retry_care, @ref failover_care.
/// `wrap` gives a flow that has the same value and tells its `inner()`.
template <class C>
concept flow_care = std::movable<C> && requires(const C& care, detail::any_flow f, const options& o) {
    { care.wrap(f, o) } -> flow;
    { care.wrap(f, o).inner() } -> std::same_as<const detail::any_flow&>;
};

/** Makes calls and runs flows over a transport, which it owns; `client<some_transport&>` borrows one, as
    does a client that is made of a `std::ref`.

    What it returns follows the transport: a `result<...>`, the transport's own task of one, or nothing with
    the result going to a handler. It must outlive the tasks and runs that it started.

    Each kind of `Care` that it is given wraps each call and each flow, the first one innermost:

    @code
    wxmp::client c(transport, options, wxmp::token_care(store, grant), wxmp::retry_care());
    @endcode

    It has no lock. A call changes nothing in it, so that several threads may make calls at a time if they may
    use the transport at a time.
*/
template <transport T, flow_care... Care> class client {
public:
    /// Takes the transport; `o` tells which host and which limits.
    explicit client(T t, options o = {}, Care... care)
        : transport_(static_cast<T&&>(t)), options_(std::move(o)), care_(std::move(care)...) {}

    /// Sets the token that is added to each request from now on, unless it has one by a @ref token_care.
    void access_token(secret token) { token_ = std::move(token); }

    /// The options of each call.
    [[nodiscard]] const options& settings() const noexcept { return options_; }

    /// The transport.
    [[nodiscard]] auto& next_layer() noexcept { return transport_; }

    /// Makes one call.
    template <operation Op>
        requires(!callback_transport<T>)
    auto operator()(Op op) { return run(call<Op>(std::move(op), options_)); }

    /// Makes one call; `handler` gets the `result<Op::response>`.
    template <operation Op, class Handler>
        requires callback_transport<T>
    void operator()(Op op, Handler handler) {
        run(call<Op>(std::move(op), options_), {}, {}, std::move(handler));
    }

    /// Runs a flow that may read `from`; `look` sees it after each step.
    template <flow F>
        requires(!callback_transport<T>)
    auto run(F f, source_ref from = {}, observer<F> look = {}) {
        return drive(transport_, cared_for(std::move(f)), token_, from, through<F>(std::move(look)));
    }

    /// Runs a flow; `handler` gets its result.
    template <flow F, class Handler>
        requires callback_transport<T>
    void run(F f, source_ref from, observer<F> look, Handler handler) {
        drive(transport_, cared_for(std::move(f)), token_, from, through<F>(std::move(look)),
              std::move(handler));
    }

private:
    template <flow F> auto cared_for(F f) const {
        return std::apply([&](const auto&... care) { return detail::wrap(std::move(f), options_, care...); },
                          care_);
    }

    // Shows the flow itself to its observer, and not what it is wrapped in.
    template <flow F> auto through(observer<F> look) const {
        using wrapped = decltype(cared_for(std::declval<F>()));
        if constexpr (std::same_as<F, wrapped>) return look;
        else
            return look ? observer<wrapped>(
                              [look = std::move(look)](const wrapped& w) { look(detail::innermost<F>(w)); })
                        : observer<wrapped>();
    }

    T transport_;
    options options_;
    std::tuple<Care...> care_;
    secret token_;
};

/// A client that borrows its transport.
template <transport T, flow_care... Care>
client(std::reference_wrapper<T>, options, Care...) -> client<T&, Care...>;

/// The same with default options.
template <transport T> client(std::reference_wrapper<T>) -> client<T&>;

}  // namespace wxmp

#endif
