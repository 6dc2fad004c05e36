// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_RENEW_TOKEN_HPP
#define WXMP_FLOW_DETAIL_SOURCE_RENEW_TOKEN_HPP

#include <wxmp/detail/source/shared.hpp>
#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/detail/source/token_provider.hpp>
#include <wxmp/operation/detail/source/complete.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1::detail {

/* Gets a valid access token from a store, and renews it there when it is due.

   Of all clients that share the store, only the holder of the lease renews; the others keep using the old
   token while it is valid, and wait once it is not. A store failure is an error only if there is no valid
   token. One action is pending at a time: a store request, a service call, or a wait. What takes room is
   cold, as it runs once in two hours or so. */
class renew_token {
public:
    struct task {
        std::shared_ptr<const known_token> rejected{};  // by the service: not used, even if stored
        bool force{};                                   // replace the stored token, though not rejected
    };

    renew_token(std::shared_ptr<token_provider> p, options o, task t)
        : provider_(std::move(p)),
          options_(std::move(o)),
          task_(std::move(t)),
          usable_(task_.force ? nullptr : provider_->known()) {
        if (task_.rejected && usable_ && usable_->token == task_.rejected->token) usable_.reset();
        step_ = task_.force ? step::find_former : task_.rejected ? step::invalidate : step::load;
    }

    flows::action next(instant now) {
        if (is_in_flight_) return flows::wait{time_point::max()};
        asked_at_ = now.steady;
        switch (step_) {
        case step::find_former: return ask(load_token());
        case step::invalidate: return ask(invalidate_token{task_.rejected->token});
        case step::load:
            if (now.steady < load_at_) return flows::wait{load_at_};
            pauses_.begin(now.steady);
            return ask(load_token());
        case step::lease: return ask(lease_token{provider_->settings.lease});
        case step::load_again: return ask(load_token());
        case step::grant: return ask_service();
        case step::commit: return ask(commit_token{record_of(*usable_, now.steady)});
        case step::release: return ask(release_token{fence_});
        case step::ended: break;
        }
        return flows::done{};
    }

    // If it throws, its action is still pending, and `e` unchanged.
    [[gnu::cold]] void on(flows::event&& e, instant now) {
        if (is_in_flight_) on_outcome(e, now);
        else end(error(errc::unexpected_event));
        is_in_flight_ = false;
    }

    // Releases a lease that it holds. Waits for the store's answer, but not for the service's.
    void cancel() noexcept {
        is_cancelled_ = true;
        fail(error(errc::cancelled));
        if (step_ == step::grant) is_in_flight_ = false;
        if (!is_in_flight_) end();
    }

    // Once it has ended: the error, or null.
    const error* fault() const noexcept { return fault_ ? &*fault_ : nullptr; }

    // The token, possibly due for renewal but still valid, if there is no fault.
    const std::shared_ptr<const known_token>& token() const noexcept { return usable_; }

    bool ended() const noexcept { return step_ == step::ended; }

    // Whether renewal was postponed: another client is renewing, or it failed.
    bool is_postponed() const noexcept { return is_postponed_; }

private:
    enum class step : std::uint8_t {
        find_former,
        invalidate,
        load,
        lease,
        load_again,
        grant,
        commit,
        release,
        ended
    };

    template <class What> flows::action ask(What&& what) {
        asked_.emplace<std::remove_cvref_t<What>>(std::forward<What>(what));
        is_in_flight_ = true;
        return flows::ask_store{0, &asked_};
    }

    [[gnu::cold]] flows::action ask_service() {
        http::request r;
        if (auto fault = provider_->prepare_grant(options_, task_.force, r)) {
            fall_back(*std::move(fault), asked_at_);
            return ask(release_token{fence_});
        }
        request_ = std::move(r);
        is_in_flight_ = true;
        return flows::send{0, &request_};
    }

    // ---- Events

    [[gnu::cold]] void on_outcome(flows::event& e, instant now) {
        if (is_cancelled_) return on_cancelled(e);
        if (auto* f = std::get_if<flows::failed>(&e)) return on_failure(f->why, now.steady);
        if (auto* a = std::get_if<flows::answered>(&e); a && step_ == step::grant) return on_grant(*a, now);
        if (auto* s = std::get_if<flows::stored>(&e); s && step_ != step::grant)
            return on_store(s->answer, now.steady);
        end(error(errc::unexpected_event));
    }

    [[gnu::cold]] void on_store(const store_answer& a, time_point now) {
        switch (step_) {
        case step::find_former:
            task_.rejected = a.record ? known(*a.record) : nullptr;
            return go(task_.rejected ? step::invalidate : step::load);
        case step::invalidate: return go(step::load);
        case step::load: return is_fresh(a, now) ? succeed() : go(step::lease);
        case step::lease:
            if (a.fence == 0) return wait_for_holder(now);
            fence_ = a.fence;
            return go(step::load_again);
        case step::load_again: return is_fresh(a, now) ? succeed() : go(step::grant);
        case step::commit:
            if (a.committed) return succeed();
            is_overtaken_ = true;
            return go(step::release);
        default: break;  // release: no other step asks a store
        }
        fence_ = 0;
        is_overtaken_ ? load_newer(now) : end();
    }

    [[gnu::cold]] void on_grant(flows::answered& a, instant now) {
        auth::token_grant grant;
        const auto& how = *provider_->answer_to_grant;
        if (const auto fault = source::complete(how, &grant, std::move(a.response), options_, a.refusal))
            return on_failure(*fault, now.steady);
        const auto life = to_milliseconds(std::max(grant.expires_in, std::chrono::seconds(0)));
        // Expiry counts from the request, so that a late response never makes it too late. Renewal counts
        // from now: the service gives no other stable token before its own time for that.
        const auto end_of_life = after(asked_at_, life);
        const auto due = after(now.steady, life_before_refresh(life));
        usable_ = source::make_shared<const known_token>(
            known_token{std::move(grant.access_token), fence_, end_of_life, std::min(due, end_of_life),
                        after(now.steady, provider_->settings.recheck)});
        go(step::commit);
    }

    void on_failure(const error& why, time_point now) {
        if (step_ == step::release) fence_ = 0;       // it expires by itself
        if (step_ == step::commit) return succeed();  // not stored, but usable
        if (step_ == step::release && is_settled_) return end();
        fall_back(without_secrets(why), now);
    }

    // A store may repeat in its error what it was asked, as a service does.
    [[gnu::cold]] error without_secrets(error why) const {
        auto secrets = request_.secrets;
        for (const auto& t : {usable_, task_.rejected})
            if (t) secrets.push_back(t->token);
        return std::move(why).redacted(secrets);
    }

    // The lease may have been granted by now. A release that was cancelled is tried once more.
    void on_cancelled(const flows::event& e) {
        const auto* s = std::get_if<flows::stored>(&e);
        const auto* f = std::get_if<flows::failed>(&e);
        if (s && step_ == step::lease) fence_ = s->answer.fence;
        const bool is_lost = f && f->why == errc::cancelled && !std::exchange(is_released_again_, true);
        if (step_ == step::release && !is_lost) fence_ = 0;
        end();
    }

    // ---- Transitions

    void go(step next) noexcept { step_ = next; }

    // The first outcome counts.
    void fail(error why) noexcept {
        if (!std::exchange(is_settled_, true)) fault_ = std::move(why);
    }

    // Ends with the newest known token.
    void succeed() noexcept {
        is_settled_ = true;
        end();
    }

    // Releases the lease, if it holds one, and ends.
    void end(error why) {
        fail(std::move(why));
        end();
    }
    void end() noexcept { step_ = fence_ != 0 ? step::release : step::ended; }

    bool is_valid(time_point now) const { return usable_ && now < usable_->expires_at; }

    // Ends with the current token if still valid, otherwise with the error.
    void fall_back(error why, time_point now) {
        is_postponed_ = true;
        if (is_valid(now)) succeed();
        else end(std::move(why));
    }

    // Whether the stored token is neither rejected nor due.
    [[gnu::cold]] bool is_fresh(const store_answer& a, time_point now) {
        if (!a.record || (task_.rejected && a.record->token == task_.rejected->token)) return false;
        auto found = known(*a.record);
        if (!usable_ || usable_->fence <= found->fence) usable_ = std::move(found);
        return now < usable_->refresh_at;
    }

    void wait_for_holder(time_point now) {
        is_postponed_ = true;
        if (is_valid(now)) return succeed();
        const auto due = pauses_.again(provider_->settings.again, now, options_.random);
        if (!due) return end(error(errc::timeout, "another process is renewing the access token"));
        load_at_ = *due;
        go(step::load);
    }

    // Another client was faster and has stored a newer token.
    void load_newer(time_point now) {
        is_overtaken_ = false;
        usable_.reset();
        load_at_ = now;
        go(step::load);
    }

    [[gnu::cold]] std::shared_ptr<const known_token> known(const token_record& r) const {
        return source::make_shared<const known_token>(
            known_token{r.token, r.fence, after(asked_at_, r.expires_in), after(asked_at_, r.refresh_in),
                        after(asked_at_, provider_->settings.recheck)});
    }

    std::chrono::milliseconds life_before_refresh(std::chrono::milliseconds life) const {
        const auto& s = provider_->settings;
        const auto dice = to_chance(options_.random());
        const auto early = provider_->is_stable ? minus(life, s.stable_early) : part_of(life, s.early);
        return minus(std::max(early, life / 2), part_of(life, -s.jitter * dice));
    }

    std::shared_ptr<token_provider> provider_;
    options options_;
    task task_;
    std::shared_ptr<const known_token> usable_;  // the newest known token
    http::request request_;                      // the last one to the service
    store_request asked_;                        // the last one to the store
    tries pauses_;
    time_point load_at_ = time_point::min();
    time_point asked_at_{};  // time of the last request
    std::uint64_t fence_{};  // of the lease it holds; 0: none
    std::optional<error> fault_;
    step step_{};
    bool is_settled_{};  // its outcome is known: `fault_`, or else `usable_`
    bool is_in_flight_{};
    bool is_cancelled_{};
    bool is_overtaken_{};  // a newer token was committed meanwhile
    bool is_postponed_{};
    bool is_released_again_{};
};

}  // namespace wxmp::inline v0_1::detail

#endif
