// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_POLICY_LAYER_HPP
#define WXMP_FLOW_DETAIL_SOURCE_POLICY_LAYER_HPP

#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/detail/source/delivery.hpp>
#include <wxmp/flow/detail/source/renew_token.hpp>
#include <wxmp/flow/policies.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1::detail {

/* Sits between a flow and its driver: sends the flow's requests with a token, and again as the policies
   demand. Independent of the flow's type. */
class layer_of_policies final : public policy_layer {
public:
    layer_of_policies(policies&& p, const options& o) : policies_(std::move(p)), options_(&o) {}

    flows::action next(flow_ref inner, instant now) override {
        for (;;) {
            items_.add_noted();
            if (is_cancelled_) finish_cancelling(inner, now);
            if (fault_) return flows::done{};
            auto own = next_delivery(inner, now);
            const auto* idle = std::get_if<flows::wait>(&own);
            if (!idle) return own;
            auto a = next_of_inner(inner, now);
            if (auto* s = std::get_if<flows::send>(&a)) {
                items_.add(*s);
                continue;
            }
            if (auto* w = std::get_if<flows::wait>(&a)) w->until = std::min(w->until, idle->until);
            return a;
        }
    }

    void on(flow_ref inner, flows::event&& e, instant now) override {
        const auto id = flows::id_of(e);
        auto* d = items_.find_in_flight(id);
        if (is_cancelled_ && id == grant_id) return;  // its outcome no longer matters
        // Whoever gets it takes it for the outcome, and may end the request that waits here.
        if (!d && is_stray(id)) return void(fault_ = error(errc::unexpected_event));
        if (!d && id == store_id) return refresh_->flow.on(std::move(e), now);
        if (!d || std::holds_alternative<flows::fetched>(e) || std::holds_alternative<flows::stored>(e))
            return inner.on(std::move(e), now);
        auto fault = error_of(e, *d);
        if (send_again(*d, fault ? &*fault : nullptr, now)) return;
        if (auto* a = std::get_if<flows::answered>(&e)) a->refusal = std::move(fault);
        deliver(inner, *d, std::move(e), now);
    }

    // The rest is done by the following `next`, which has the time.
    void cancel() noexcept override {
        is_cancelled_ = true;
        if (refresh_) refresh_->flow.cancel();
    }

    const std::optional<error>& fault() const noexcept override { return fault_; }

private:
    static constexpr auto grant_id = flows::first_reserved_id, store_id = grant_id + 1;  // of a refresh

    // A token refresh that this flow does for all runs of its client.
    struct refresh {
        refresh(const layer_of_policies& l, token_provider::refresh_turn&& t,
                const std::shared_ptr<const known_token>& r)
            : turn(std::move(t)), rejected(r), flow(l.policies_.token, *l.options_, {r, false}) {}

        token_provider::refresh_turn turn;
        std::shared_ptr<const known_token> rejected;  // the token that caused it, or null
        renew_token flow;
    };

    // ---- Actions

    // An action of the layer itself, or a request that may be sent now; or when to check again.
    flows::action next_delivery(flow_ref inner, instant now) {
        auto wake = time_point::max();
        for (;;) {
            if (policies_.token && items_.is_any_waiting()) known_ = policies_.token->known();
            if (auto* d = items_.waiting([&](const delivery& x) { return is_ready(x, now.steady); }))
                return send(*d, now);
            if (!refresh_ && !is_cancelled_) refresh_if_due(inner, now);
            if (!refresh_ || !refresh_->turn.is_held()) break;
            auto a = refresh_->flow.next(now);
            if (auto* q = std::get_if<flows::ask_store>(&a)) {
                q->id = store_id;
                return a;
            }
            if (auto* s = std::get_if<flows::send>(&a)) items_.add({grant_id, s->request});
            else if (auto* w = std::get_if<flows::wait>(&a)) {
                wake = std::min(wake, w->until);
                break;
            } else end_refresh(inner, now);
        }
        items_.each_waiting([&](const delivery& d) {
            if (d.due() > now.steady) wake = std::min(wake, d.due());
        });
        if (!refresh_ && is_waiting_for_others_) wake = std::min(wake, check_again_at_);
        return flows::wait{wake};
    }

    bool is_ready(const delivery& d, time_point now) const {
        return d.due() <= now && (!wants_token(d) || token_for(d, now));
    }

    bool wants_token(const delivery& d) const noexcept { return d.needs_token() && policies_.token; }

    // The token to send it with now, or null.
    const std::shared_ptr<const known_token>& token_for(const delivery& d, time_point now) const {
        return known_ && now < known_->expires_at && d.accepts(*known_) ? known_ : d.granted;
    }

    flows::action send(delivery& d, instant now) {
        auto token = wants_token(d) ? token_for(d, now.steady) : nullptr;
        const auto at = now.steady;
        is_due_ |= token && at < token->expires_at && at >= std::min(token->refresh_at, token->recheck_at);
        if (policies_.retry) d.tries.begin(now.steady);
        if (policies_.failover) d.hosts.begin(*policies_.failover, d.request(), now.steady);
        return d.send(std::move(token));
    }

    flows::action next_of_inner(flow_ref inner, instant now) {
        auto a = is_inner_done_ ? flows::action(flows::done{}) : inner.next(now);
        is_inner_done_ = std::holds_alternative<flows::done>(a);
        // Other flows of the client wait for this refresh: complete it.
        if (is_inner_done_ && refresh_ && refresh_->turn.is_held()) a = flows::wait{time_point::max()};
        return a;
    }

    // ---- Tokens. What is only done when one is renewed, every two hours or so, is cold.

    // Starts a refresh if a request waits for a token, or one that was used is due for renewal.
    void refresh_if_due(flow_ref inner, instant now) {
        const auto* first = lacking_token(now);
        if (!first) is_waiting_for_others_ = false;
        if (first || is_due_) begin_refresh(inner, first, now);
        if (!first) is_due_ = false;
    }

    // `first`: the request that waits, or null.
    [[gnu::cold]] void begin_refresh(flow_ref inner, const delivery* first, instant now) {
        if (is_waiting_for_others_ && others_have_failed(inner, now)) return;
        if (auto turn = policies_.token->try_refresh(now.steady, !first); turn.is_held()) {
            is_waiting_for_others_ = false;
            const auto rejected = first && first->is_token_rejected() ? first->token() : nullptr;
            refresh_.emplace(*this, std::move(turn), rejected);
        } else if (first) wait_for_others(inner, now);
    }

    // The first request that waits for a token, or null: all else that is due has been sent.
    delivery* lacking_token(instant now) {
        return items_.waiting([&](const delivery& d) { return d.due() <= now.steady; });
    }

    // Another flow of this client is refreshing the token.
    [[gnu::cold]] void wait_for_others(flow_ref inner, instant now) {
        if (!std::exchange(is_waiting_for_others_, true)) {
            seen_refreshes_ = policies_.token->last_refresh().ended;
            others_ = {};
        } else if (now.steady < check_again_at_) return;
        if (const auto due = others_.again(policies_.token->settings.again, now.steady, options_->random))
            return void(check_again_at_ = *due);
        fail_waiting(inner, error(errc::timeout, "another run of this client is renewing the access token"),
                     now);
        is_waiting_for_others_ = false;
    }

    // If that refresh failed, its error goes to the requests that waited for it.
    bool others_have_failed(flow_ref inner, instant now) {
        const auto last = policies_.token->last_refresh();
        if (last.ended == seen_refreshes_ || !last.fault) return false;
        fail_waiting(inner, *last.fault, now);
        is_waiting_for_others_ = false;
        return true;
    }

    [[gnu::cold]] void end_refresh(flow_ref inner, instant now) {
        if (is_cancelled_)
            return refresh_->turn.release();  // keeps its request alive, which may be in flight
        if (const auto* why = refresh_->flow.fault()) {
            fail_waiting(inner, *why, now);  // if it throws, done again for those that are left
            refresh_->turn.fail(*why, now.steady, *options_);
            return refresh_.reset();
        }
        const auto& token = refresh_->flow.token();
        policies_.token->learn(token);
        if (refresh_->flow.is_postponed()) refresh_->turn.postpone(now.steady, *options_);
        // If the service grants the very token that it has rejected, it is tried once more.
        const auto& rejected = refresh_->rejected;
        items_.each_waiting([&](delivery& d) {
            if (d.accepts(*token) || (rejected && rejected->token == d.token()->token)) d.granted = token;
        });
        refresh_.reset();
    }

    // ---- Outcomes

    // Nobody asked for it. A refresh whose call is in flight asks no store, unless it is cancelled.
    bool is_stray(flows::request_id id) {
        if (id < flows::first_reserved_id) return items_.has(id);
        return id != store_id || !refresh_ || (!is_cancelled_ && items_.has(grant_id));
    }

    // The error, if any, without the secrets of its request. Each response is checked only once.
    static std::optional<error> error_of(const flows::event& e, delivery& d) {
        const auto* a = std::get_if<flows::answered>(&e);
        auto fault = !a           ? std::get<flows::failed>(e).why
                     : a->refusal ? a->refusal
                                  : d.gate().fault_of(a->response);
        if (fault) fault = (*std::move(fault)).redacted(d.request().secrets);
        return fault;
    }

    bool send_again(delivery& d, const error* fault, instant now) {
        if (is_cancelled_ || d.gate().is_passed()) return false;
        if (policies_.failover && d.hosts.again(*policies_.failover, fault, now.steady)) {
            d.retry_at(now.steady);
            return true;
        }
        if (!fault) return false;
        if (wants_token(d) && !d.is_token_rejected() && *fault == condition::token_rejected) {
            policies_.token->forget(*d.token());
            d.reject_token();
            d.tries = {};
            restart(d, now.steady, now);
            return true;
        }
        return retry(d, *fault, now);
    }

    bool retry(delivery& d, const error& fault, instant now) {
        if (!policies_.retry || d.request().retried_by_sender) return false;
        const auto due =
            d.tries.again(*policies_.retry, fault, d.request().idempotent, now, options_->random);
        if (!due) return false;
        restart(d, *due, now);
        return true;
    }

    void restart(delivery& d, time_point due, instant now) {
        if (policies_.failover) d.hosts.restart(*policies_.failover, now.steady);
        d.retry_at(due);
    }

    void deliver(flow_ref inner, delivery& d, flows::event&& e, instant now) {
        if (const auto* a = std::get_if<flows::answered>(&e); a && !d.gate().open(a->response))
            return deliver(inner, d, flows::failed{d.id(), error(errc::cancelled)}, now);
        if (d.id() >= flows::first_reserved_id) refresh_->flow.on(std::move(e), now);
        else inner.on(std::move(e), now);
        items_.remove(d);
    }

    // Fails or retries the requests that wait for a token and will get none.
    [[gnu::cold]] void fail_waiting(flow_ref inner, const error& why, instant now) {
        while (auto* d = lacking_token(now))
            if (!retry(*d, why, now)) deliver(inner, *d, flows::failed{d->id(), no_token(why), true}, now);
    }

    // Requests that are not in flight are dropped as never sent.
    [[gnu::cold]] void finish_cancelling(flow_ref inner, instant now) {
        if (is_inner_cancelled_) return;
        while (auto* d = items_.waiting([](const delivery&) { return true; })) {
            if (d->id() < flows::first_reserved_id)
                inner.on(flows::failed{d->id(), error(errc::cancelled), true}, now);
            items_.remove(*d);
        }
        inner.cancel();
        is_inner_cancelled_ = true;
    }

    policies policies_;
    const options* options_;
    deliveries items_;
    std::shared_ptr<const known_token> known_;  // a snapshot: another thread may forget it meanwhile
    std::optional<refresh> refresh_;
    std::optional<error> fault_;
    tries others_{};                  // pauses while another flow refreshes the token
    std::uint64_t seen_refreshes_{};  // how many had ended when the wait began
    time_point check_again_at_{};
    bool is_waiting_for_others_{};
    bool is_due_{};  // a token that was used is due for renewal
    bool is_inner_done_{};
    bool is_cancelled_{};
    bool is_inner_cancelled_{};
};

inline policy_layer* new_policy_layer(policies&& p, const options& o) {
    return new layer_of_policies(std::move(p), o);
}

}  // namespace wxmp::inline v0_1::detail

#endif
