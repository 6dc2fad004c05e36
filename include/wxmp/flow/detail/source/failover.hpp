// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SOURCE_FAILOVER_HPP
#define WXMP_FLOW_DETAIL_SOURCE_FAILOVER_HPP

#include <wxmp/flow/detail/saturate.hpp>
#include <wxmp/flow/failover_policy.hpp>
#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::detail::source {

inline std::vector<std::string> hosts_of_service() {
    constexpr const char* hosts[] = {"api.weixin.qq.com", "api2.weixin.qq.com", "sh.api.weixin.qq.com",
                                     "sz.api.weixin.qq.com", "hk.api.weixin.qq.com"};
    return std::vector<std::string>(std::begin(hosts), std::end(hosts));
}

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
        if (++failed_ >= p.hosts_.size()) return false;
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

}  // namespace wxmp::inline v0_1::detail::source

#endif
