// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_ANSWER_GATE_HPP
#define WXMP_FLOW_DETAIL_SOURCE_ANSWER_GATE_HPP

#include <wxmp/detail/source/shared.hpp>
#include <wxmp/operation/detail/source/complete.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1::detail {

// Filters what reaches the sink of a request that may be retried: holds back what may be an error response,
// so that the sink sees the last response only.
class answer_gate {
public:
    // Replaces the sink of `r`, if it has one, by the gate. Call before each try.
    void stand_before(http::request& r) {
        if (!r.sink) return;
        auto made = source::make_shared<state>();
        http::sink filter = [s = made](const auto& head, std::string_view bytes) {
            return pass(*s, head, bytes);
        };
        made->to = std::move(state_ ? state_->to : r.sink);
        state_ = std::move(made);
        r.sink = std::move(filter);
    }

    // The error in the response, if any, whether its body was collected or held back.
    std::optional<error> fault_of(const http::response& r) const {
        return source::api_error_in(r, state_ && r.body.empty() ? state_->held : r.body);
    }

    // Whether the sink has received anything: then the request must not be sent again.
    bool is_passed() const noexcept { return state_ && state_->passed; }

    // The response is final: passes what was held back to the sink. False if the sink refuses it.
    bool open(const http::response& head) {
        if (!state_ || state_->held.empty()) return true;
        if (!release(*state_, head, state_->held)) return false;
        state_->held.clear();
        return true;
    }

private:
    struct state {
        http::sink to{};
        std::string held{};
        bool holds = true;
        bool passed{};
    };

    static bool pass(state& s, const http::response& head, std::string_view bytes) {
        if (!s.holds) return release(s, head, bytes);
        s.held.append(bytes);
        s.holds = may_begin_refusal(s.held);
        return s.holds || release(s, head, std::exchange(s.held, {}));
    }

    static bool may_begin_refusal(std::string_view held) {
        const auto first = held.find_first_not_of(" \t\r\n");
        return held.size() <= longest_refusal && (first == held.npos || held[first] == '{');
    }

    static bool release(state& s, const http::response& head, std::string_view bytes) {
        s.holds = false;
        s.passed = true;
        return s.to && s.to(head, bytes);
    }

    std::shared_ptr<state> state_;  // a request may outlive the flow
};

}  // namespace wxmp::inline v0_1::detail

#endif
