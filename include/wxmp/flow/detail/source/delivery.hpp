// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_DELIVERY_HPP
#define WXMP_FLOW_DETAIL_SOURCE_DELIVERY_HPP

#include <wxmp/flow/detail/retries.hpp>
#include <wxmp/flow/detail/source/answer_gate.hpp>
#include <wxmp/flow/detail/source/failover.hpp>
#include <wxmp/flow/detail/source/token_provider.hpp>
#include <wxmp/operation/prepare.hpp>

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1::detail {

// A request of a flow, from its `send` until its outcome is delivered, however many times it is sent.
class delivery {
public:
    explicit delivery(const flows::send& s)
        : send_(s),
          needs_token_(s.request->needs_token),
          target_size_(s.request->target.reveal().size()),
          safe_size_(s.request->safe_target.size()) {}

    flows::request_id id() const noexcept { return send_.id; }
    http::request& request() const noexcept { return *send_.request; }
    bool needs_token() const noexcept { return needs_token_; }

    // Whether it is in flight.
    bool is_in_flight() const noexcept { return is_in_flight_; }
    // If not: when it may be sent.
    time_point due() const noexcept { return due_; }

    // Sends it, with `token` unless that is null.
    flows::send send(std::shared_ptr<const known_token> token) {
        if (token) {
            forget_token();
            authorize(request(), token->token);
            token_ = std::move(token);
        }
        gate_.stand_before(request());
        is_in_flight_ = true;
        return send_;
    }

    // Schedules another try, not before `when`.
    void retry_at(time_point when) noexcept {
        is_in_flight_ = false;
        due_ = when;
    }

    // Whether it may be sent with this token: any but the one that was rejected.
    bool accepts(const known_token& t) const noexcept {
        return !is_token_rejected_ || t.token != token_->token;
    }

    // Its token was rejected, for the first time.
    void reject_token() noexcept {
        is_token_rejected_ = true;
        granted.reset();
    }
    bool is_token_rejected() const noexcept { return is_token_rejected_; }
    const std::shared_ptr<const known_token>& token() const noexcept { return token_; }

    answer_gate& gate() noexcept { return gate_; }

    source::failover hosts;
    retries tries;
    std::shared_ptr<const known_token> granted;  // obtained for it, even if expired by now

private:
    // Restores the request as the flow made it, without a token.
    void forget_token() {
        auto& r = request();
        if (r.target.reveal().size() != target_size_) {
            r.target = secret(r.target.reveal().substr(0, target_size_));
            r.safe_target.resize(safe_size_);
        }
        r.needs_token = true;
    }

    flows::send send_;
    bool needs_token_;
    std::size_t target_size_, safe_size_;
    bool is_in_flight_{};
    time_point due_ = time_point::min();
    std::shared_ptr<const known_token> token_;  // the one it was last sent with
    bool is_token_rejected_{};
    answer_gate gate_;
};

// All requests whose outcome is still to come.
class deliveries {
public:
    // Adds one. If there is no memory for it, `add_noted` does so.
    void add(const flows::send& s) {
        noted_ = s;
        add_noted();
    }
    void add_noted() {
        if (noted_.request) items_.emplace_back(noted_);
        noted_.request = nullptr;
    }

    bool has(flows::request_id id) {
        return find([id](const delivery& d) { return d.id() == id; });
    }

    // The one in flight with this id, or null.
    delivery* find_in_flight(flows::request_id id) {
        return find([id](const delivery& d) { return d.is_in_flight() && d.id() == id; });
    }

    // The first one not in flight that satisfies `p`, or null.
    template <class P> delivery* waiting(P p) {
        return find([&](const delivery& d) { return !d.is_in_flight() && p(d); });
    }

    bool is_any_waiting() {
        return waiting([](const delivery&) { return true; });
    }

    template <class Do> void each_waiting(Do f) {
        for (auto& d : items_)
            if (!d.is_in_flight()) f(d);
    }

    void remove(const delivery& which) {
        auto at = items_.begin();
        while (&*at != &which) ++at;
        items_.erase(at);
    }

private:
    template <class P> delivery* find(P p) {
        for (auto& d : items_)
            if (p(d)) return &d;
        return nullptr;
    }

    std::list<delivery> items_;
    flows::send noted_;
};

}  // namespace wxmp::inline v0_1::detail

#endif
