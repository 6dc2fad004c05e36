// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_CALENDAR_HPP
#define WXMP_FLOW_DETAIL_CALENDAR_HPP

#include <wxmp/flow/flow.hpp>

#include <chrono>

namespace wxmp::inline v0_1::detail {

// When a limit per minute resets.
inline wall_time next_minute(wall_time now) {
    using namespace std::chrono;
    return floor<minutes>(now) + minutes(1);
}

// When a daily limit resets: at midnight in Beijing, UTC+8 all year.
inline wall_time next_beijing_day(wall_time now) {
    using namespace std::chrono;
    return floor<days>(now + hours(8)) + days(1) - hours(8);
}

}  // namespace wxmp::inline v0_1::detail

#endif
