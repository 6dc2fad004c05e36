// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_CALL_HPP
#define WXMP_FLOW_DETAIL_SOURCE_CALL_HPP

#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/exchange.hpp>
#include <wxmp/operation/detail/source/complete.hpp>
#include <wxmp/operation/options.hpp>

#include <optional>
#include <utility>

namespace wxmp::inline v0_1::detail::source {

class one_call final : public call_state {
public:
    one_call(const request_type& type, void* op, const options& o) : exchange_(type, op, o), options_(o) {}

    flows::action next() override {
        return exchange_.ended() ? flows::action(flows::done{}) : exchange_.next();
    }
    void on(flows::event&& e) override { exchange_.on(std::move(e)); }
    void cancel() noexcept override { exchange_.cancel(); }

    std::optional<error> take(const answer_type& type, void* answer) override {
        if (const auto* why = exchange_.fault()) return *why;
        if (!exchange_.ended()) return error(errc::unexpected_event);
        auto& a = exchange_.answer();
        auto fault = complete(type, answer, std::move(a.response), options_, a.refusal);
        if (fault) fault = exchange_.without_secrets(*std::move(fault));
        return fault;
    }

private:
    exchange exchange_;
    options options_;
};

inline call_state* new_call(const request_type& type, void* op, const options& o) {
    return new one_call(type, op, o);
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
