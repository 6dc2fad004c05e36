// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_CALL_HPP
#define WXMP_FLOW_CALL_HPP

#include <wxmp/flow/exchange.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/options.hpp>
#include <wxmp/operation/prepare.hpp>

#include <utility>

namespace wxmp::inline v0_1 {

/// Runs one operation as a @ref flow: one request, one response.
template <operation Op> class call {
public:
    using value_type = typename Op::response;

    /// Prepares `op`. If it is invalid, nothing is sent and @ref take returns the error.
    explicit call(Op op, const options& o = {}) : exchange_(prepare(std::move(op), o)), options_(o) {}

    flows::action next(instant) {
        return exchange_.ended() ? flows::action(flows::done{}) : exchange_.next();
    }
    void on(flows::event e, instant) { exchange_.on(std::move(e)); }
    void cancel() { exchange_.cancel(); }

    /// The response, or the error.
    [[nodiscard]] result<value_type> take() && {
        if (const auto* why = exchange_.fault()) return *why;
        if (!exchange_.ended()) return error(errc::unexpected_event);
        return complete<Op>(std::move(exchange_.answer().response), options_,
                            std::move(exchange_.answer().refusal));
    }

private:
    detail::exchange exchange_;
    options options_;
};

}  // namespace wxmp::inline v0_1

#endif
