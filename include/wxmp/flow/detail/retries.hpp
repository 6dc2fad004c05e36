// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_RETRIES_HPP
#define WXMP_FLOW_DETAIL_RETRIES_HPP

#include <wxmp/error/condition.hpp>
#include <wxmp/flow/detail/calendar.hpp>
#include <wxmp/flow/detail/tries.hpp>
#include <wxmp/flow/retry_policy.hpp>

#include <optional>
#include <utility>

namespace wxmp::inline v0_1::detail {

// The retry state of one request.
class retries {
public:
    // Call at each send.
    void begin(time_point now) noexcept { tries_.begin(now); }

    // When to send it again after this error, or nothing for never.
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

    // What was never sent may be sent again; anything else only if that is harmless.
    static bool is_worth_it(const error& e, bool may_repeat) {
        if (e == errc::connect_failed || e == errc::store_failed) return true;
        return may_repeat && e == condition::retryable;
    }

    // At a limit the request was not carried out. Some jitter keeps clients from returning all at once.
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

}  // namespace wxmp::inline v0_1::detail

#endif
