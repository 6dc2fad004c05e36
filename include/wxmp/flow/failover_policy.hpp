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

namespace wxmp::inline v0_1 {

namespace detail {

class failover;

// Which host is tried first, and until when. Thread-safe.
class host_choice {
public:
    host_choice() = default;
    host_choice(const host_choice& other) noexcept : packed_(other.packed_.load()) {}
    host_choice& operator=(const host_choice& other) noexcept {
        return packed_ = other.packed_.load(), *this;
    }

    // Which host to try first now, as an offset from the request's own host.
    std::size_t at(time_point now) const noexcept {
        const auto packed = packed_.load();
        return now.time_since_epoch().count() < static_cast<std::int64_t>(packed >> 8)
                   ? static_cast<std::size_t>(packed & 0xff)
                   : 0;
    }

    // Try the host at offset `place`, below 256, first until then.
    void stay(std::size_t place, time_point until) noexcept {
        const auto end = std::clamp<std::int64_t>(until.time_since_epoch().count(), 0, last_end);
        packed_ = static_cast<std::uint64_t>(end) << 8 | (place & 0xff);
    }

private:
    static constexpr std::int64_t last_end = (std::int64_t{1} << 55) - 1;

    std::atomic<std::uint64_t> packed_{};  // milliseconds, and the offset in the lowest byte
};

}  // namespace detail

/** Sends a request to the next host when the connection to the first one fails.

    Only then is it certain that the service has not received the request. For a while, all runs of a client
    then start with the host that was reached. Requests to hosts not in the list, such as a simulator, are
    left alone.
*/
class failover_policy {
public:
    /** @param hosts equivalent hosts, at most 256, tried in this order from the request's own on; empty: the
            hosts of the service
        @param pause how long before the request's own host is tried first again
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
    mutable detail::host_choice choice_;  // shared by all calls of one client
};

namespace detail {

// The failover state of one request.
class failover {
public:
    // Call before each send: sets the host to try.
    void begin(const failover_policy& p, http::request& r, time_point now) {
        if (!std::exchange(is_begun_, true)) {
            const auto found = std::find(p.hosts_.begin(), p.hosts_.end(), r.host);
            own_ = static_cast<std::size_t>(found - p.hosts_.begin());
            is_known_ = found != p.hosts_.end();
            place_ = p.choice_.at(now);
        }
        if (is_known_) r.host = p.hosts_[(own_ + place_) % p.hosts_.size()];
    }

    // Whether to send it again, to another host. `why` is null after a success.
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

    // It will be sent again for another reason: all hosts may be tried anew.
    void restart(const failover_policy& p, time_point now) {
        failed_ = 0;
        place_ = p.choice_.at(now);
    }

private:
    std::size_t own_{};     // index of the request's own host
    std::size_t place_{};   // offset from there
    std::size_t failed_{};  // number of hosts that could not be reached
    bool is_known_{};       // the request's own host is in the list
    bool is_begun_{};
};

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
