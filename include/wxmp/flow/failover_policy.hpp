// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_FAILOVER_POLICY_HPP
#define WXMP_FLOW_FAILOVER_POLICY_HPP

#include <wxmp/flow/detail/saturate.hpp>
#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace wxmp {

namespace detail {

class failover;

// Which host is tried first, and until when. Any number of threads may use it.
class host_choice {
public:
    host_choice() = default;
    host_choice(const host_choice& other) noexcept : packed_(other.packed_.load()) {}
    host_choice& operator=(const host_choice& other) noexcept {
        return packed_ = other.packed_.load(), *this;
    }

    // How many places after the own one, at this time.
    std::size_t at(time_point now) const noexcept {
        const auto packed = packed_.load();
        return now.time_since_epoch().count() < static_cast<std::int64_t>(packed >> 8)
                   ? static_cast<std::size_t>(packed & 0xff)
                   : 0;
    }

    // From now on that one, below 256, until this time.
    void stay(std::size_t place, time_point until) noexcept {
        const auto end = std::clamp<std::int64_t>(until.time_since_epoch().count(), 0, last_end);
        packed_ = static_cast<std::uint64_t>(end) << 8 | (place & 0xff);
    }

private:
    static constexpr std::int64_t last_end = (std::int64_t{1} << 55) - 1;

    std::atomic<std::uint64_t> packed_{};  // milliseconds, and the place in the lowest byte
};

}  // namespace detail

/** Sends a request to the next host when there is no connection to the first one.

    Only then, because only then the service cannot have taken the request. The host that was reached is tried
    first from then on, by all that one client runs, until a pause is over. Requests to hosts that are not in
    the list, as to a simulator, pass as they are.
*/
class failover_policy {
public:
    /** @param hosts that answer the same calls, in the order in which they are tried, the own one of a
            request first; at most 256. Empty: those of the service
        @param pause after that the own host is tried first again
    */
    explicit failover_policy(std::vector<std::string> hosts = {},
                             std::chrono::milliseconds pause = std::chrono::minutes(10))
        : hosts_(std::move(hosts)), pause_(pause) {
        if (hosts_.empty())
            for (const char* part : {"api", "api2", "sh.api", "sz.api", "hk.api"})
                hosts_.push_back(std::string(part) + ".weixin.qq.com");
    }

private:
    friend class detail::failover;
    std::vector<std::string> hosts_;
    std::chrono::milliseconds pause_;
    mutable detail::host_choice choice_;  // what the calls of one client share
};

namespace detail {

// What a failover policy knows of one request.
class failover {
public:
    // It is sent: to the host that is to be tried.
    void begin(const failover_policy& p, http::request& r, time_point now) {
        if (!std::exchange(is_begun_, true)) {
            const auto found = std::find(p.hosts_.begin(), p.hosts_.end(), r.host);
            own_ = static_cast<std::size_t>(found - p.hosts_.begin());
            is_known_ = found != p.hosts_.end();
            place_ = p.choice_.at(now);
        }
        if (is_known_) r.host = p.hosts_[(own_ + place_) % p.hosts_.size()];
    }

    // Whether it is to be sent again, to another host. `why` is null after a success.
    bool again(const failover_policy& p, const error* why, time_point now) {
        if (!is_known_) return false;
        if (!why || !(*why == errc::connect_failed)) {
            if (failed_ != 0) p.choice_.stay(place_, after(now, p.pause_));
            return false;
        }
        if (++failed_ == p.hosts_.size()) return false;
        place_ = (place_ + 1) % p.hosts_.size();
        return true;
    }

    // It is sent later, for another reason: then all hosts may be tried again.
    void restart(const failover_policy& p, time_point now) {
        failed_ = 0;
        place_ = p.choice_.at(now);
    }

private:
    std::size_t own_{};     // the host of the request, as a place in the list
    std::size_t place_{};   // counted from there
    std::size_t failed_{};  // hosts that could not be reached
    bool is_known_{};       // the list has the host of the request
    bool is_begun_{};
};

}  // namespace detail

}  // namespace wxmp

#endif
