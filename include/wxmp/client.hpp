// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CLIENT_HPP
#define WXMP_CLIENT_HPP

#include <wxmp/flow/call.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/transport/drive.hpp>

#include <utility>

namespace wxmp {

/** Makes calls and runs flows over a transport, which it owns; `client<some_transport&>` borrows one.

    What it returns follows the transport: a `result<...>`, the transport's own task of one, or nothing with
    the result going to a handler. It has no lock: use one from one thread at a time. It must outlive the
    tasks and runs that it started.
*/
template <transport T> class client {
public:
    /// Takes the transport; `o` tells which host and which limits.
    explicit client(T t, options o = {}) : transport_(static_cast<T&&>(t)), options_(std::move(o)) {}

    /// Sets the token that is added to each request from now on.
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
        return drive(transport_, std::move(f), token_, from, std::move(look));
    }

    /// Runs a flow; `handler` gets its result.
    template <flow F, class Handler>
        requires callback_transport<T>
    void run(F f, source_ref from, observer<F> look, Handler handler) {
        drive(transport_, std::move(f), token_, from, std::move(look), std::move(handler));
    }

private:
    T transport_;
    options options_;
    secret token_;
};

}  // namespace wxmp

#endif
