// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_CALENDAR_HPP
#define WXMP_FLOW_DETAIL_CALENDAR_HPP

#include <wxmp/flow/flow.hpp>

#include <chrono>

namespace wxmp::detail {

// When the allowances of a minute begin anew.
inline wall_time next_minute(wall_time now) {
    using namespace std::chrono;
    return floor<minutes>(now) + minutes(1);
}

// When the allowances of a day do: at midnight in Beijing, which is 8 hours ahead all year.
inline wall_time next_beijing_day(wall_time now) {
    using namespace std::chrono;
    return floor<days>(now + hours(8)) + days(1) - hours(8);
}

}  // namespace wxmp::detail

#endif
