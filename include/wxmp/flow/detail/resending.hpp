// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_RESENDING_HPP
#define WXMP_FLOW_DETAIL_RESENDING_HPP

#include <wxmp/flow/detail/held_sends.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp::detail {

// Runs a flow and sends its requests as often as a policy wants. The policy has
//   `course`                            what it knows about one request,
//   `dress(request, course, now)`       changes a request that goes out,
//   `judge(fault, held send, now)`      nothing, or when to send it again; `fault` is null after a success.
template <flow F, class Policy> class resending {
public:
    using value_type = typename F::value_type;

    resending(F inner, Policy policy) : inner_(std::move(inner)), policy_(std::move(policy)) {}

    /// The flow that it runs.
    [[nodiscard]] const F& inner() const noexcept { return inner_; }

    action next(time_point now) {
        if (is_cancelled_) drop_waiting(now);
        if (auto* i = held_.waiting([now](const auto& x) { return x.due <= now; })) return go(*i, now);
        auto a = inner_.next(now);
        if (auto* s = std::get_if<send>(&a)) {
            const auto id = s->id;
            return go(held_.hold(std::move(*s), id), now);
        }
        if (auto* w = std::get_if<wait>(&a)) w->until = std::min(w->until, held_.next_due());
        return a;
    }

    void on(event e, time_point now) {
        auto* i = held_.find(id_of(e));
        if (!i || std::holds_alternative<fetched>(e)) return inner_.on(std::move(e), now);
        const auto fault = fault_of(*i, e);
        const auto due = policy_.judge(fault ? &*fault : nullptr, *i, now);
        if (due && !is_cancelled_ && !i->gate.is_passed()) return i->again(std::move(e), *due);
        auto taken = held_.take(*i);
        inner_.on(outcome_for(taken, std::move(e)), now);
    }

    void cancel() {
        inner_.cancel();
        is_cancelled_ = true;
    }

    /// What the inner flow made of it.
    [[nodiscard]] result<value_type> take() && { return std::move(inner_).take(); }

private:
    using held = held_sends<typename Policy::course>;

    action go(typename held::item& i, time_point now) {
        auto s = i.go();
        policy_.dress(s.request, i.course, now);
        return s;
    }

    static std::optional<error> fault_of(const typename held::item& i, const event& e) {
        if (const auto* f = std::get_if<failed>(&e)) return f->why;
        return i.gate.fault_of(std::get<answered>(e).response);
    }

    // Each has an outcome, which is now the last one.
    void drop_waiting(time_point now) {
        while (auto* i = held_.waiting([](const auto&) { return true; })) {
            auto dropped = held_.take(*i);
            inner_.on(outcome_for(dropped, *std::move(dropped.last)), now);
        }
    }

    F inner_;
    Policy policy_;
    held held_;
    bool is_cancelled_{};
};

}  // namespace wxmp::detail

#endif
