// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_VIRTUAL_CLOCK_HPP
#define WXMP_TESTING_VIRTUAL_CLOCK_HPP

#include <wxmp/flow/flow.hpp>

#include <algorithm>
#include <chrono>

namespace wxmp::testing {

/// Both clocks of a test. They move when told to, and otherwise stand still.
class virtual_clock {
public:
    /// Begins at this date; the steady clock shows the same number.
    explicit virtual_clock(wall_time start = {}) : now_{time_point(start.time_since_epoch()), start} {}

    /// What they show.
    [[nodiscard]] instant now() const noexcept { return now_; }

    /// Time passes.
    void advance(std::chrono::milliseconds by) noexcept {
        now_.steady += by;
        now_.wall += by;
    }

    /// Time passes until then; it never goes back.
    void wait_until(time_point t) noexcept {
        advance(std::max(t - now_.steady, std::chrono::milliseconds(0)));
    }

    /// Somebody sets the clock on the wall, forward or back. No time passes.
    void set_wall(std::chrono::milliseconds by) noexcept { now_.wall += by; }

private:
    instant now_;
};

}  // namespace wxmp::testing

#endif
