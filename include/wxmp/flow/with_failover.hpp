// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_WITH_FAILOVER_HPP
#define WXMP_FLOW_WITH_FAILOVER_HPP

#include <wxmp/flow/detail/resending.hpp>
#include <wxmp/operation/options.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wxmp {

/// The hosts that answer the same calls.
struct failover_hosts {
    /// In the order in which they are tried, the own one of a request first.
    std::vector<std::string> hosts{"api.weixin.qq.com", "api2.weixin.qq.com", "sh.api.weixin.qq.com",
                                   "sz.api.weixin.qq.com", "hk.api.weixin.qq.com"};
    std::chrono::milliseconds pause{600'000};  ///< after that the own host is tried first again
};

/** Which host is tried first. A plain value: the caller keeps one for all the flows that should profit from
    what one of them has found out. Any number of threads may use it.
*/
class host_choice {
public:
    host_choice() = default;
    host_choice(const host_choice& other) noexcept : packed_(other.packed_.load()) {}
    host_choice& operator=(const host_choice& other) noexcept {
        return packed_ = other.packed_.load(), *this;
    }

    /// How many places after the own one, at this time.
    [[nodiscard]] std::size_t at(time_point now) const noexcept {
        const auto packed = packed_.load();
        return now.time_since_epoch().count() < static_cast<std::int64_t>(packed >> 8)
                   ? static_cast<std::size_t>(packed & 0xff)
                   : 0;
    }

    /// From now on that one, below 256, until this time.
    void stay(std::size_t place, time_point until) noexcept {
        const auto end = std::clamp<std::int64_t>(until.time_since_epoch().count(), 0, last_end);
        packed_ = static_cast<std::uint64_t>(end) << 8 | (place & 0xff);
    }

private:
    static constexpr std::int64_t last_end = (std::int64_t{1} << 55) - 1;

    std::atomic<std::uint64_t> packed_{};  // milliseconds, and the place in the lowest byte
};

namespace detail {

class failover_policy {
public:
    struct course {
        std::size_t own{};     // the host of the request, as a place in the list
        std::size_t place{};   // counted from there
        std::size_t failed{};  // hosts that could not be reached
        bool is_known{};       // the list has the host of the request
        bool is_begun{};
    };

    failover_policy(host_choice& choice, failover_hosts where) : choice_(&choice), where_(std::move(where)) {}

    void dress(http::request& r, course& c, time_point now) const {
        if (!std::exchange(c.is_begun, true)) begin(r, c, now);
        if (c.is_known) r.host = where_.hosts[(c.own + c.place) % where_.hosts.size()];
    }

    std::optional<time_point> judge(const error* why, held_send<course>& h, time_point now) const {
        auto& c = h.course;
        if (!c.is_known) return std::nullopt;
        const auto count = where_.hosts.size();
        if (!why || !(*why == errc::connect_failed)) {
            if (c.failed != 0) choice_->stay(c.place, now + where_.pause);
            return std::nullopt;
        }
        if (++c.failed == count) return std::nullopt;
        c.place = (c.place + 1) % count;
        return now;
    }

private:
    void begin(const http::request& r, course& c, time_point now) const {
        const auto found = std::find(where_.hosts.begin(), where_.hosts.end(), r.host);
        c.is_known = found != where_.hosts.end();
        c.own = static_cast<std::size_t>(found - where_.hosts.begin());
        c.place = choice_->at(now);
    }

    host_choice* choice_;
    failover_hosts where_;
};

}  // namespace detail

/** Runs any flow and sends a request to the next host when there is no connection to the first one.

    Only then, because only then the service cannot have taken the request. The host that was reached is tried
    first from then on, by all who share the @ref host_choice, until the pause is over. Requests to hosts that
    are not in the list, as to a simulator, pass as they are.
*/
template <flow F> class with_failover : public detail::resending<F, detail::failover_policy> {
public:
    /// Runs `inner`; `choice` must outlive it.
    with_failover(F inner, host_choice& choice, failover_hosts where = {})
        : detail::resending<F, detail::failover_policy>(std::move(inner), {choice, std::move(where)}) {}
};

/// Lets a client change hosts as @ref with_failover does. To be given last.
class failover_care {
public:
    /// Changes among these.
    explicit failover_care(failover_hosts where = {}) : where_(std::move(where)) {}

    /// The same flow with failover.
    template <flow F> [[nodiscard]] with_failover<F> wrap(F f, const options&) const {
        return with_failover<F>(std::move(f), choice_, where_);
    }

private:
    failover_hosts where_;
    mutable host_choice choice_;  // what the calls of one client share
};

}  // namespace wxmp

#endif
