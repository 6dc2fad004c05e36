// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_RETRY_POLICY_HPP
#define WXMP_FLOW_RETRY_POLICY_HPP

#include <wxmp/flow/backoff.hpp>
#include <wxmp/flow/detail/calendar.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

namespace wxmp {

/// What to do when a limit of the service is reached.
enum class at_limit {
    fail,  ///< the answer is passed on
    wait,  ///< the request is sent again when the limit begins anew
};

/** How often and when a request is sent again, where that helps.

    - When nothing was sent (`errc::connect_failed`, `errc::store_failed`): any request.
    - When the service says to come back (`condition::retryable`), or when nobody knows what became of the
      request (`condition::outcome_unknown`): only one that is `http::request::idempotent`.
    - When a limit is reached: as `rate` and `day` say. Such a pause uses up a try, but none of the time.
    - When a kept connection turned out to be closed (`errc::stale_connection`): at once, once.

    A refused token is left to the @ref token_policy. A request whose answer has begun to reach a sink is not
    sent again, nor is one that is `http::request::retried_by_sender`, as those of an @ref upload are. What is
    passed on in the end is the last answer.
*/
struct retry_policy {
    backoff pauses{.jitter = 1};     ///< between the tries of one request
    at_limit rate = at_limit::wait;  ///< too many calls just now (45011): at the next minute
    at_limit day = at_limit::fail;   ///< the day's allowance is used up (45009): at midnight in Beijing

    /// Whether a request that is not safe to repeat is sent again too when a kept connection turned out to be
    /// closed (`errc::stale_connection`): then the service has most likely not seen it.
    bool resend_stale = false;
};

namespace detail {

// What a retry policy knows of one request.
class retries {
public:
    // It is sent.
    void begin(time_point now) noexcept { tries_.begin(now); }

    // When it is to be sent again after this fault; nothing: not at all.
    std::optional<time_point> again(const retry_policy& p, const error& why, bool may_repeat, instant now,
                                    const tries::random& dice) {
        if (why == errc::stale_connection && (may_repeat || p.resend_stale) &&
            !std::exchange(was_stale_, true))
            return now.steady;
        if (why == condition::rate_limited) return after_limit(p, p.rate, next_minute(now.wall), now, dice);
        if (ends_at_midnight(why)) return after_limit(p, p.day, next_beijing_day(now.wall), now, dice);
        return is_worth_it(why, may_repeat) ? tries_.again(p.pauses, now.steady, dice) : std::nullopt;
    }

private:
    static bool ends_at_midnight(const error& e) {
        const auto* known = find_known_error(e.api_code());
        return known && known->retry == retry_advice::next_day && !(e == condition::permission_denied);
    }

    // What never left may be sent again; everything else only if it does no harm twice.
    static bool is_worth_it(const error& e, bool may_repeat) {
        if (e == errc::connect_failed || e == errc::store_failed) return true;
        return may_repeat && e == condition::retryable;
    }

    // A refusal for a limit means that the request was not carried out. Not all come back at the same moment.
    std::optional<time_point> after_limit(const retry_policy& p, at_limit what, wall_time until, instant now,
                                          const tries::random& dice) {
        if (what == at_limit::fail) return std::nullopt;
        const auto at_limit_end = after(now.steady, between(now.wall, until));
        const auto chance = to_chance(dice());
        return tries_.again_at(p.pauses, after(at_limit_end, part_of(p.pauses.first, chance)), now.steady);
    }

    tries tries_;
    bool was_stale_{};
};

}  // namespace detail

}  // namespace wxmp

#endif
