// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_RENEW_TOKEN_HPP
#define WXMP_FLOW_RENEW_TOKEN_HPP

#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/auth/token.hpp>
#include <wxmp/flow/call.hpp>
#include <wxmp/flow/token_store.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace wxmp {

/// An operation that grants an access token: `auth::stable_token`, `auth::token`, or a caller's own one that
/// asks a central service.
template <class Op>
concept token_grant_operation = operation<Op> && std::same_as<typename Op::response, auth::token_grant>;

/// How tokens are renewed.
struct token_pace {
    std::chrono::milliseconds lease{60'000};          ///< the right to renew; at least twice the HTTP timeout
    std::chrono::milliseconds retry{200};             ///< pause before looking again, without a token to use
    std::chrono::milliseconds patience{90'000};       ///< then `errc::timeout`
    double early = 0.8;                               ///< part of its life after which a token is renewed
    std::chrono::milliseconds stable_early{300'000};  ///< before its end, for `auth::stable_token`
    double jitter = 0.01;                             ///< at random as much of its life later
};

/** Gets a valid access token out of a store, and renews it there when it is time.

    One at a time renews, whoever else shares the store; the others go on with the old token while it is
    valid, and wait when it is not. A store that fails is an error unless a valid token is at hand.
*/
template <token_store Store, token_grant_operation Grant = auth::stable_token> class renew_token {
public:
    using value_type = token_record;

    /** @param store must outlive the flow
        @param grant how a token is got
        @param at_hand the last one that the caller had, used while it is valid if the store fails
        @param rejected a token that the service refused: not to be used, whatever the store says
    */
    renew_token(Store& store, Grant grant, options o = {}, token_pace pace = {},
                std::optional<token_record> at_hand = {}, secret rejected = {})
        : store_(&store),
          grant_(std::move(grant)),
          options_(std::move(o)),
          pace_(pace),
          usable_(std::move(at_hand)),
          rejected_(std::move(rejected)) {}

    action next(time_point now) {
        if (outcome_) return done{};
        if (!deadline_) start(now);
        if (call_) return next_of_call(now);
        if (now < look_at_) return wait{look_at_};
        look(now);
        return next(now);
    }

    void on(event e, time_point now) {
        if (!call_) return end(error(errc::unexpected_event));
        call_->on(std::move(e), now);
    }

    void cancel() {
        give_back();
        end(error(errc::cancelled));
    }

    /// The newest token that it knows, for use while it is under way; it may be over.
    [[nodiscard]] const std::optional<token_record>& at_hand() const noexcept { return usable_; }

    /// The token, or why there is none.
    [[nodiscard]] result<value_type> take() && {
        return outcome_ ? *std::move(outcome_) : error(errc::unexpected_event);
    }

private:
    void start(time_point now) {
        deadline_ = now + pace_.patience;
        if (rejected_.empty()) return;
        if (usable_ && usable_->token == rejected_) usable_.reset();
        if (auto done = store_->invalidate(rejected_); !done) end(done.error());
    }

    void end(result<value_type> r) {
        if (!outcome_) outcome_ = std::move(r);
    }

    // What can be used now, with a failure of the store or of the grant only where nothing can be.
    void make_do(error why, time_point now) {
        if (usable_ && now < usable_->expires_at) end(*usable_);
        else end(std::move(why));
    }

    // True when the store holds a token that is fresh, which ends the flow.
    bool is_fresh(time_point now) {
        auto stored = store_->load();
        if (!stored) return make_do(stored.error(), now), true;
        if (!*stored || (*stored)->token == rejected_) return false;
        if (!usable_ || usable_->fence <= (*stored)->fence) usable_ = **stored;
        if (now < usable_->refresh_at) end(*usable_);
        return outcome_.has_value();
    }

    void look(time_point now) {
        if (is_fresh(now)) return;
        const auto lease = store_->try_lease(now, pace_.lease);
        if (!lease) return make_do(lease.error(), now);
        if (!*lease) return wait_for_the_holder(now);
        fence_ = **lease;
        if (is_fresh(now)) return give_back();
        asked_at_ = now;
        call_.emplace(grant_, options_);
    }

    void wait_for_the_holder(time_point now) {
        if (usable_ && now < usable_->expires_at) return end(*usable_);
        if (now >= *deadline_) return end(error(errc::timeout, "somebody else renews the access token"));
        look_at_ = now + pace_.retry;
    }

    void give_back() {
        if (fence_ != 0) static_cast<void>(store_->release(std::exchange(fence_, 0)));
    }

    action next_of_call(time_point now) {
        auto a = call_->next(now);
        if (!std::holds_alternative<done>(a)) return a;
        auto grant = std::move(*call_).take();
        call_.reset();
        if (grant) keep(std::move(*grant), now);
        else make_do(grant.error(), now);
        give_back();
        return next(now);
    }

    void keep(auth::token_grant grant, time_point now) {
        const std::chrono::milliseconds life(grant.expires_in * 1000);
        // Its end from when it was asked for: however late the answer is looked at, that is never too late.
        // Its renewal from now: the service does not give another stable one before its own time for that.
        const auto end_of_life = asked_at_ + life;
        token_record r{std::move(grant.access_token), fence_, end_of_life,
                       std::min(now + life_before_refresh(life), end_of_life)};
        const auto kept = store_->commit(r);
        if (kept && !*kept) look_at_ = now;  // somebody was quicker, and has a newer one
        else end(std::move(r));              // not stored, but as good
    }

    std::chrono::milliseconds life_before_refresh(std::chrono::milliseconds life) const {
        const auto part = [life](double x) {
            return std::chrono::milliseconds(
                static_cast<std::int64_t>(static_cast<double>(life.count()) * x));
        };
        const auto dice = static_cast<double>(options_.random() >> 11) * 0x1p-53;
        const auto early =
            std::same_as<Grant, auth::stable_token> ? life - pace_.stable_early : part(pace_.early);
        return std::max(early, life / 2) + part(pace_.jitter * dice);
    }

    Store* store_;
    Grant grant_;
    options options_;
    token_pace pace_;
    std::optional<token_record> usable_;  // the newest that is known
    secret rejected_;
    std::optional<call<Grant>> call_;
    std::optional<time_point> deadline_;
    time_point look_at_ = time_point::min();
    time_point asked_at_{};
    std::uint64_t fence_{};
    std::optional<result<value_type>> outcome_;
};

}  // namespace wxmp

#endif
