// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_TOKEN_PROVIDER_HPP
#define WXMP_FLOW_DETAIL_SOURCE_TOKEN_PROVIDER_HPP

#include <wxmp/flow/detail/saturate.hpp>
#include <wxmp/flow/detail/tries.hpp>
#include <wxmp/flow/token_provider.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace wxmp::inline v0_1::detail {

// A token, with its times on the clock of this process.
struct known_token {
    secret token{};
    std::uint64_t fence{};
    time_point expires_at{};
    time_point refresh_at{};
    time_point recheck_at = time_point::max();
};

inline token_record record_of(const known_token& t, time_point now) {
    return {t.token, t.fence, between(now, t.expires_at), between(now, t.refresh_at)};
}

// The error of a request that was not sent for lack of a token. The outcome of the token call must not be
// mistaken for that of the request.
inline error no_token(const error& why) {
    if (why.api_code() != 0 || why == errc::store_failed || why == errc::bad_record) return why;
    return error(errc::connect_failed, "no access token: " + why.message());
}

/* What all runs of one client share about its access token: the newest known token, how to obtain another,
   and whether a refresh is in progress. Thread-safe; does no I/O. */
class token_provider {
public:
    token_provider(token_grant grant, token_options o)
        : settings(o),
          is_stable(grant.is_stable),
          prepare_grant(std::move(grant.prepare)),
          answer_to_grant(grant.answer) {}

    template <token_grant_operation Grant>
    token_provider(Grant grant, token_options o) : token_provider(grant_of(std::move(grant)), o) {}

    token_provider(const token_provider&) = delete;
    token_provider& operator=(const token_provider&) = delete;

    const token_options settings;
    const bool is_stable;
    const std::function<std::optional<error>(const options&, bool force, http::request& out)> prepare_grant;
    const answer_type* const answer_to_grant;

    // The newest known token, or null.
    std::shared_ptr<const known_token> known() const {
        const std::lock_guard lock(mutex_);
        return known_;
    }

    void learn(std::shared_ptr<const known_token> t) {
        const std::lock_guard lock(mutex_);
        if (!known_ || known_->fence <= t->fence) known_ = std::move(t);
    }

    // It was rejected. Another one may be known by now.
    void forget(const known_token& t) {
        const std::lock_guard lock(mutex_);
        if (known_ && known_->token == t.token) known_.reset();
    }

    // The right to query the store and renew, held by one flow at a time, or not held. RAII: released on
    // destruction.
    class refresh_turn {
    public:
        explicit refresh_turn(token_provider* p) noexcept : provider_(p) {}
        refresh_turn(refresh_turn&& other) noexcept : provider_(std::exchange(other.provider_, nullptr)) {}
        refresh_turn& operator=(refresh_turn&&) = delete;
        ~refresh_turn() { release(); }

        bool is_held() const noexcept { return provider_ != nullptr; }

        // The token is fresh, or nothing is known of it: the next refresh may start when it is due.
        void release() {
            if (auto* p = std::exchange(provider_, nullptr)) p->end_refresh();
        }

        // The refresh failed: waiting flows get the error, and the next refresh starts after a pause.
        void fail(error why, time_point now, const options& o) {
            std::exchange(provider_, nullptr)->fail_refresh(std::move(why), now, o);
        }

        // The token was not renewed but is still usable; the next refresh starts after a pause.
        void postpone(time_point now, const options& o) {
            std::exchange(provider_, nullptr)->fail_refresh(std::nullopt, now, o);
        }

    private:
        token_provider* provider_;
    };

    // Nothing while another flow holds it, or during a pause if there is a usable token.
    refresh_turn try_refresh(time_point now, bool has_token) {
        const std::lock_guard lock(mutex_);
        if (is_refreshing_ || (has_token && now < not_before_)) return refresh_turn(nullptr);
        is_refreshing_ = true;
        return refresh_turn(this);
    }

    // How many refreshes have ended, and the error of the last one.
    struct refreshes {
        std::uint64_t ended{};
        std::optional<error> fault{};
    };
    refreshes last_refresh() const {
        const std::lock_guard lock(mutex_);
        return last_;
    }

private:
    void end_refresh() {
        const std::lock_guard lock(mutex_);
        is_refreshing_ = false;
        ++last_.ended;
        last_.fault.reset();
        pauses_ = {};
        not_before_ = time_point::min();
    }

    void fail_refresh(std::optional<error> why, time_point now, const options& o) {
        const std::lock_guard lock(mutex_);
        is_refreshing_ = false;
        ++last_.ended;
        last_.fault = std::move(why);
        auto due = pauses_.again(settings.again, now, o.random);
        if (!due) pauses_ = {}, due = after(now, settings.again.longest);
        not_before_ = *due;
    }

    mutable std::mutex mutex_;
    std::shared_ptr<const known_token> known_;
    bool is_refreshing_{};
    refreshes last_{};
    tries pauses_{};
    time_point not_before_ = time_point::min();
};

}  // namespace wxmp::inline v0_1::detail

#endif
