// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_BACKOFF_HPP
#define WXMP_FLOW_DETAIL_BACKOFF_HPP

#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <chrono>

namespace wxmp::detail {

// Counts the tries of one request and says when the next one is due.
class backoff {
public:
    // False when there were enough tries; otherwise the next is due after a pause that doubles each time.
    bool again(time_point now, unsigned tries, std::chrono::milliseconds first,
               std::chrono::milliseconds longest) {
        if (++tried_ >= tries) return false;
        pause_ = tried_ == 1 ? std::min(first, longest) : std::min(pause_ * 2, longest);
        due_ = now + pause_;
        return true;
    }

    time_point due() const noexcept { return due_; }

private:
    unsigned tried_{};
    std::chrono::milliseconds pause_{};
    time_point due_ = time_point::min();
};

}  // namespace wxmp::detail

#endif
