// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_WITH_RETRY_HPP
#define WXMP_FLOW_WITH_RETRY_HPP

#include <wxmp/flow/detail/calendar.hpp>
#include <wxmp/flow/detail/resending.hpp>
#include <wxmp/operation/options.hpp>

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

/// How often and when a request is sent again. Waiting for a limit uses up a try, but none of the time.
struct retry_pace {
    unsigned tries = 5;                         ///< of one request, the first one included
    std::chrono::milliseconds first{1'000};     ///< the pause before the second one: a random part of this,
    std::chrono::milliseconds longest{60'000};  ///< and of twice as much before each further one, up to this
    std::chrono::milliseconds total{300'000};   ///< no try begins later than so long after the first

    at_limit rate = at_limit::wait;  ///< too many calls just now (45011): at the next minute
    at_limit day = at_limit::fail;   ///< the day's allowance is used up (45009): at midnight in Beijing

    /// Whether a request that is not safe to repeat is sent again too when a kept connection turned out to be
    /// closed (`errc::stale_connection`): then the service has most likely not seen it.
    bool resend_stale = false;
};

namespace detail {

class retry_policy {
public:
    struct course {
        unsigned sent{};
        bool was_stale{};
        time_point deadline{};
    };

    retry_policy(retry_pace pace, std::function<std::uint64_t()> random)
        : pace_(pace), random_(std::move(random)) {}

    void dress(http::request&, course& c, time_point now) const {
        if (c.sent++ == 0) c.deadline = now + pace_.total;
    }

    std::optional<time_point> judge(const error* why, held_send<course>& h, time_point now) const {
        if (!why) return std::nullopt;
        auto& c = h.course;
        const bool may_repeat = h.request.idempotent;
        if (*why == errc::stale_connection && (may_repeat || pace_.resend_stale) &&
            !std::exchange(c.was_stale, true)) {
            --c.sent;
            return now;
        }
        if (c.sent >= pace_.tries) return std::nullopt;
        if (*why == condition::rate_limited) return after(pace_.rate, next_minute(now), c, now);
        if (ends_at_midnight(*why)) return after(pace_.day, next_beijing_day(now), c, now);
        if (!is_worth_it(*why, may_repeat)) return std::nullopt;
        const auto due = now + pause(c.sent);
        return due <= c.deadline ? std::optional(due) : std::nullopt;
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

    // A refusal for a limit means that the request was not carried out.
    std::optional<time_point> after(at_limit what, time_point until, course& c, time_point now) const {
        if (what == at_limit::fail) return std::nullopt;
        const auto due = until + part_of(pace_.first);
        c.deadline += due - now;
        return due;
    }

    std::chrono::milliseconds pause(unsigned sent) const {
        auto most = std::min(pace_.first, pace_.longest);
        for (unsigned i = 1; i < sent && most < pace_.longest; ++i) most = std::min(most * 2, pace_.longest);
        return part_of(most);
    }

    std::chrono::milliseconds part_of(std::chrono::milliseconds most) const {
        const auto range = static_cast<std::uint64_t>(std::max<std::int64_t>(most.count(), 0)) + 1;
        return std::chrono::milliseconds(static_cast<std::int64_t>(random_() % range));
    }

    retry_pace pace_;
    std::function<std::uint64_t()> random_;
};

}  // namespace detail

/** Runs any flow and sends its requests again where that helps.

    - When nothing was sent (`errc::connect_failed`): any request, after a random pause that grows.
    - When the service says to come back (`condition::retryable`), or when nobody knows what became of the
      request (`condition::outcome_unknown`): only one that is `http::request::idempotent`.
    - When a limit is reached: as `pace` says.
    - When a kept connection turned out to be closed (`errc::stale_connection`): at once, once.

    A refused token is left to @ref with_token. A request whose answer has begun to reach a sink is not sent
    again. What is passed on in the end is the last answer. A flow that repeats by itself, as @ref upload
    does, needs none of this.
*/
template <flow F> class with_retry : public detail::resending<F, detail::retry_policy> {
public:
    /// Runs `inner`; the randomness comes from `o`.
    explicit with_retry(F inner, retry_pace pace = {}, const options& o = {})
        : detail::resending<F, detail::retry_policy>(std::move(inner), {pace, o.random}) {}
};

/// Lets a client send requests again as @ref with_retry does. To be given after the @ref token_care, whose
/// calls are repeated then too.
struct retry_care {
    retry_pace pace{};  ///< how often and when

    /// The same flow with retries.
    template <flow F> [[nodiscard]] with_retry<F> wrap(F f, const options& o) const {
        return with_retry<F>(std::move(f), pace, o);
    }
};

}  // namespace wxmp

#endif
