// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_WITH_TOKEN_HPP
#define WXMP_FLOW_WITH_TOKEN_HPP

#include <wxmp/flow/detail/held_sends.hpp>
#include <wxmp/flow/renew_token.hpp>
#include <wxmp/operation/prepare.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp {

namespace detail {

// What with_token knows about a request.
struct token_course {
    bool wants_token{};      // else it passes as it is
    bool is_looked_after{};  // a renewal was begun for it
    secret used{};           // the token that it was sent with
    bool is_rejected{};      // which was refused
};

// A request that was not sent for want of a token. What became of the token call must not be taken for what
// became of the request.
inline error no_token(const error& why) {
    if (why.api_code() != 0 || why == errc::store_failed) return why;
    return error(errc::connect_failed, "no access token: " + why.message());
}

}  // namespace detail

/** Runs any flow with access tokens out of a store, and keeps the store's token fresh.

    Each request that needs one gets the token of the store; it is renewed there before its end, by one at a
    time of all who share the store, while the others go on with the former one. A request whose token is
    refused (40001, 40014, 42001) is sent once more with another one, which is only asked for if the store
    still has the refused one; the second answer is passed on whatever it is. A request that is not sent
    for want of a token fails with the return code that the service gave to the renewal,
    `errc::store_failed`, or `errc::connect_failed` with the reason.

    A store that fails is no error while the token at hand is valid. Without a valid token, and while
    somebody else renews it, it waits. It ends after a renewal that it has begun, so that nobody else has
    to; cancelled, it does not wait for that.
*/
template <flow F, token_store Store, token_grant_operation Grant = auth::stable_token> class with_token {
public:
    using value_type = typename F::value_type;

    /** @param inner what is run
        @param store must outlive the flow
        @param grant how a token is got
    */
    with_token(F inner, Store& store, Grant grant, options o = {}, token_pace pace = {})
        : inner_(std::move(inner)),
          store_(&store),
          grant_(std::move(grant)),
          options_(std::move(o)),
          pace_(pace) {}

    /// The flow that it runs.
    [[nodiscard]] const F& inner() const noexcept { return inner_; }

    action next(time_point now) {
        for (;;) {
            if (is_cancelled_) drop_waiting([](const auto&) { return true; }, error(errc::cancelled), now);
            if (fault_) return done{};
            auto wake = time_point::max();
            if (auto a = next_of_care(now, wake)) return *std::move(a);
            auto a = next_of_inner(now);
            if (auto* s = std::get_if<send>(&a)) {
                if (hold(*s)) continue;
                return pass_on(std::move(*s));
            }
            if (auto* f = std::get_if<fetch>(&a)) return pass_on(*f);
            if (auto* w = std::get_if<wait>(&a)) w->until = std::min(w->until, wake);
            return a;
        }
    }

    void on(event e, time_point now) {
        if (id_of(e) == renewal_id) return on_renewal(std::move(e), now);
        auto* i = held_.find(id_of(e));
        if (!i) return fail(error(errc::unexpected_event));
        if (is_rejected(*i, e)) return reject(*i, std::move(e));
        auto taken = held_.take(*i);
        inner_.on(detail::outcome_for(taken, std::move(e)), now);
    }

    void cancel() {
        inner_.cancel();
        is_cancelled_ = true;
        end_renewal();
    }

    /// What the inner flow made of it.
    [[nodiscard]] result<value_type> take() && {
        if (fault_) return *std::move(fault_);
        return std::move(inner_).take();
    }

private:
    using held = detail::held_sends<detail::token_course>;
    static constexpr request_id renewal_id = 0;  // the others are counted from 1

    // ---- what it wants

    // A send of its own or one that it has held, if one may go now. `wake`: when to look again.
    std::optional<action> next_of_care(time_point now, time_point& wake) {
        for (;;) {
            if (renewal_) {
                auto a = renewal_->next(now);
                if (renewal_->at_hand()) token_ = renewal_->at_hand();
                if (auto* s = std::get_if<send>(&a)) return ask_for_token(std::move(s->request));
                if (auto* w = std::get_if<wait>(&a)) wake = w->until;
                else settle(now);
            }
            auto* ready = held_.waiting([&](const auto& i) { return may_go(i.course, now); });
            if (ready) return go(*ready);
            auto* first = renewal_ ? nullptr : held_.waiting([](const auto&) { return true; });
            if (!first) return std::nullopt;
            renew_for(first->course);
        }
    }

    action ask_for_token(http::request r) {
        renewal_is_out_ = true;
        return send{renewal_id, std::move(r)};
    }

    // With what a renewal for it has given; before that, with a token that need not be renewed yet, or with
    // a valid one while somebody renews it.
    bool may_go(const detail::token_course& c, time_point now) const {
        if (!token_) return false;
        if (c.is_looked_after && !renewal_) return true;
        if (now >= token_->expires_at || (c.is_rejected && c.used == token_->token)) return false;
        return renewal_ || now < token_->refresh_at;
    }

    action go(typename held::item& i) {
        i.course.used = token_->token;
        auto s = i.go();
        authorize(s.request, i.course.used);
        return s;
    }

    // One renewal serves all that wait for the same reason.
    void renew_for(const detail::token_course& first) {
        const auto rejected = first.is_rejected ? first.used : secret();
        held_.each_waiting([&](auto& i) {
            if (!i.course.is_rejected || i.course.used == rejected) i.course.is_looked_after = true;
        });
        renewal_.emplace(*store_, grant_, options_, pace_, token_, rejected);
    }

    void settle(time_point now) {
        auto token = std::move(*renewal_).take();
        renewal_.reset();
        if (token) token_ = *std::move(token);
        else drop_waiting([](const auto& i) { return i.course.is_looked_after; }, token.error(), now);
    }

    action next_of_inner(time_point now) {
        if (!is_inner_done_) {
            auto a = inner_.next(now);
            if (!std::holds_alternative<done>(a)) return a;
            is_inner_done_ = true;
        }
        if (renewal_ && renewal_is_out_) return wait{time_point::max()};  // the others want that token
        end_renewal();
        return done{};
    }

    // False if it needs no token.
    bool hold(send& s) {
        if (!s.request.needs_token) return false;
        held_.hold(std::move(s), new_id()).course.wants_token = true;
        return true;
    }

    template <class Action> action pass_on(Action a) {
        auto& i = held_.hold({a.id, {}}, new_id());
        i.is_out = true;
        a.id = i.id;
        return a;
    }

    request_id new_id() noexcept { return ++last_id_ == renewal_id ? ++last_id_ : last_id_; }

    // ---- what it is told

    void on_renewal(event e, time_point now) {
        if (!std::exchange(renewal_is_out_, false)) return fail(error(errc::unexpected_event));
        if (renewal_) renewal_->on(std::move(e), now);
    }

    bool is_rejected(const typename held::item& i, const event& e) const {
        const auto* a = std::get_if<answered>(&e);
        if (!a || !i.course.wants_token || i.course.is_rejected || is_cancelled_) return false;
        const auto why = i.gate.fault_of(a->response);
        return why && *why == condition::token_rejected;
    }

    static void reject(typename held::item& i, event e) {
        i.course.is_rejected = true;
        i.course.is_looked_after = false;
        i.again(std::move(e));
    }

    // Those that were refused before keep that answer; the others were not sent.
    template <class P> void drop_waiting(P p, const error& why, time_point now) {
        while (auto* i = held_.waiting(p)) {
            auto dropped = held_.take(*i);
            const bool keep = is_cancelled_ && dropped.last;
            auto e = keep ? *std::move(dropped.last) : event(failed{dropped.id, detail::no_token(why)});
            inner_.on(detail::outcome_for(dropped, std::move(e)), now);
        }
    }

    void end_renewal() {
        if (renewal_) renewal_->cancel();
        renewal_.reset();
    }

    void fail(error why) {
        if (!fault_) fault_ = std::move(why);
        end_renewal();
    }

    F inner_;
    Store* store_;
    Grant grant_;
    options options_;
    token_pace pace_;
    held held_;
    std::optional<token_record> token_;  // at hand
    std::optional<renew_token<Store, Grant>> renewal_;
    std::optional<error> fault_;
    request_id last_id_{};
    bool renewal_is_out_{};
    bool is_inner_done_{};
    bool is_cancelled_{};
};

}  // namespace wxmp

#endif
