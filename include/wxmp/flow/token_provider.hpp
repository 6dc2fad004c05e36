// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_TOKEN_PROVIDER_HPP
#define WXMP_FLOW_TOKEN_PROVIDER_HPP

#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/auth/token.hpp>
#include <wxmp/flow/backoff.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace wxmp::inline v0_1 {

/// An operation that obtains an access token: `auth::stable_token`, `auth::token`, or your own that calls a
/// central token service.
template <class Op>
concept token_grant_operation = operation<Op> && std::same_as<typename Op::response, auth::token_grant>;

/// When tokens are renewed, and how.
struct token_options {
    std::chrono::milliseconds lease{60'000};          ///< of a lease; at least twice the HTTP timeout
    double early = 0.8;                               ///< fraction of a token's life after which to renew it
    std::chrono::milliseconds stable_early{300'000};  ///< before expiry, for `auth::stable_token`
    double jitter = 0.01;                             ///< random delay of renewal: at most this fraction

    /** How long a token is used before the store is checked for a newer one, in case another client has
        replaced it early. By default until it is due for renewal: a replaced token is then noticed when the
        service rejects it, at the cost of one exchange. With `auth::token` on several machines, where a new
        token ends the previous one after 5 minutes, 4 minutes avoids that, too.
    */
    std::chrono::milliseconds recheck = std::chrono::milliseconds::max();

    /// Back-off before the store is asked again, while another client renews or the store fails. `longest`
    /// should be a small part of the time between renewal and expiry. If the tries run out without a usable
    /// token, the result is `errc::timeout`.
    backoff again{.tries = 0,
                  .first = std::chrono::milliseconds(200),
                  .factor = 1.5,
                  .longest = std::chrono::milliseconds(2'000),
                  .total = std::chrono::milliseconds(90'000)};
};

namespace detail {

// A token, with its times on the clock of this process.
struct known_token {
    secret token{};
    std::uint64_t fence{};
    time_point expires_at{};
    time_point refresh_at{};
    time_point recheck_at = time_point::max();
};

/* What all runs of one client share about its access token: the newest known token, how to obtain another,
   and whether a refresh is in progress. Thread-safe; does no I/O. */
class token_provider {
public:
    template <token_grant_operation Grant>
    token_provider(Grant grant, token_options o)
        : settings(o),
          is_stable(std::same_as<Grant, auth::stable_token>),
          prepare_grant([grant = std::move(grant)](const options& how, [[maybe_unused]] bool force) {
              auto op = grant;
              if constexpr (std::same_as<Grant, auth::stable_token>)
                  if (force) op.force_refresh = true;
              return prepare(std::move(op), how);
          }),
          complete_grant([](flows::answered a, const options& how) {
              return complete<Grant>(std::move(a.response), how, std::move(a.refusal));
          }) {}

    token_provider(const token_provider&) = delete;
    token_provider& operator=(const token_provider&) = delete;

    const token_options settings;
    const bool is_stable;
    const std::function<result<http::request>(const options&, bool force)> prepare_grant;
    const std::function<result<auth::token_grant>(flows::answered, const options&)> complete_grant;

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

    // The right to query the store and renew, held by one flow at a time. RAII: released on destruction.
    class refresh_turn {
    public:
        explicit refresh_turn(token_provider& p) noexcept : provider_(&p) {}
        refresh_turn(refresh_turn&& other) noexcept : provider_(std::exchange(other.provider_, nullptr)) {}
        refresh_turn& operator=(refresh_turn&&) = delete;
        ~refresh_turn() {
            if (provider_) provider_->end_refresh(std::nullopt);
        }

        // The token is fresh: the next refresh may start when it is due.
        void succeed() { std::exchange(provider_, nullptr)->end_refresh({}); }

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
    std::optional<refresh_turn> try_refresh(time_point now, bool has_token) {
        const std::lock_guard lock(mutex_);
        if (is_refreshing_ || (has_token && now < not_before_)) return std::nullopt;
        is_refreshing_ = true;
        return std::optional<refresh_turn>(std::in_place, *this);
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
    void end_refresh(std::optional<error> why) {
        const std::lock_guard lock(mutex_);
        is_refreshing_ = false;
        ++last_.ended;
        last_.fault = std::move(why);
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

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
