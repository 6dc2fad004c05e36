// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_FAILOVER_POLICY_HPP
#define WXMP_FLOW_FAILOVER_POLICY_HPP

#include <wxmp/flow/detail/flow_functions.hpp>
#include <wxmp/flow/flow.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

namespace detail {

namespace source {
class failover;
}

// Which host is tried first, and until when. Thread-safe.
class host_choice {
public:
    host_choice() = default;
    host_choice(const host_choice& other) noexcept : packed_(other.packed_.load()) {}
    host_choice& operator=(const host_choice& other) noexcept {
        packed_ = other.packed_.load();
        return *this;
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
        const std::int64_t end = until.time_since_epoch().count();
        packed_ = static_cast<std::uint64_t>(end < 0          ? 0
                                             : end < last_end ? end
                                                              : last_end)
                      << 8 |
                  (place & 0xff);
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
        : hosts_(hosts.empty() ? detail::compiled.flow.hosts_of_service() : std::move(hosts)),
          pause_(pause) {}

private:
    friend class detail::source::failover;
    std::vector<std::string> hosts_;
    std::chrono::milliseconds pause_;
    mutable detail::host_choice choice_;  // shared by all calls of one client
};

}  // namespace wxmp::inline v0_1

#endif
