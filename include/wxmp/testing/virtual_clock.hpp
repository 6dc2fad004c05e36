// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_VIRTUAL_CLOCK_HPP
#define WXMP_TESTING_VIRTUAL_CLOCK_HPP

#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <chrono>

namespace wxmp::inline v0_1::testing {

/// A virtual steady clock and wall clock, which advance only on request.
class virtual_clock {
public:
    /// Starts the wall clock at this date, and the steady clock at the same count.
    explicit virtual_clock(wall_time start = {}) : now_{time_point(start.time_since_epoch()), start} {}

    /// The time of both clocks.
    [[nodiscard]] instant now() const noexcept { return now_; }

    /// Advances both clocks.
    void advance(std::chrono::milliseconds by) noexcept {
        now_.steady += by;
        now_.wall += by;
    }

    /// Advances both until the steady clock reaches `t`; does nothing if `t` is past.
    void wait_until(time_point t) noexcept {
        advance(std::max(t - now_.steady, std::chrono::milliseconds(0)));
    }

    /// Adjusts the wall clock, forward or back; the steady clock is not affected.
    void set_wall(std::chrono::milliseconds by) noexcept { now_.wall += by; }

private:
    instant now_;
};

}  // namespace wxmp::inline v0_1::testing

#endif
