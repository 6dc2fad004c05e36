// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_SATURATE_HPP
#define WXMP_FLOW_DETAIL_SATURATE_HPP

#include <wxmp/version.hpp>

#include <chrono>
#include <cstdint>
#include <limits>

namespace wxmp::inline v0_1::detail {

// Numbers from the wire, a store or options may have any value that fits their type: arithmetic on them
// saturates instead of overflowing.

using int64_limits = std::numeric_limits<std::int64_t>;

constexpr std::int64_t add_saturated(std::int64_t a, std::int64_t b) noexcept {
    if (b > 0 && a > int64_limits::max() - b) return int64_limits::max();
    if (b < 0 && a < int64_limits::min() - b) return int64_limits::min();
    return a + b;
}

constexpr std::int64_t negate_saturated(std::int64_t a) noexcept {
    return a == int64_limits::min() ? int64_limits::max() : -a;
}

// `by` is positive.
constexpr std::int64_t multiply_saturated(std::int64_t a, std::int64_t by) noexcept {
    if (a > int64_limits::max() / by) return int64_limits::max();
    if (a < int64_limits::min() / by) return int64_limits::min();
    return a * by;
}

constexpr std::chrono::milliseconds to_milliseconds(std::chrono::seconds d) noexcept {
    return std::chrono::milliseconds(multiply_saturated(d.count(), 1000));
}

// A fraction of a duration, such as 0.8.
constexpr std::chrono::milliseconds part_of(std::chrono::milliseconds d, double part) noexcept {
    const double x = static_cast<double>(d.count()) * part;
    if (!(x > -0x1p63)) return std::chrono::milliseconds(x == x ? int64_limits::min() : 0);
    if (!(x < 0x1p63)) return std::chrono::milliseconds(int64_limits::max());
    return std::chrono::milliseconds(static_cast<std::int64_t>(x));
}

// `t + d`, for a time point in milliseconds.
template <class Time> constexpr Time after(Time t, std::chrono::milliseconds d) noexcept {
    return Time(std::chrono::milliseconds(add_saturated(t.time_since_epoch().count(), d.count())));
}

// `a - b`.
constexpr std::chrono::milliseconds minus(std::chrono::milliseconds a, std::chrono::milliseconds b) noexcept {
    return std::chrono::milliseconds(add_saturated(a.count(), negate_saturated(b.count())));
}

// `to - from`.
template <class Time> constexpr std::chrono::milliseconds between(Time from, Time to) noexcept {
    const auto a = from.time_since_epoch().count(), b = to.time_since_epoch().count();
    return std::chrono::milliseconds(add_saturated(b, negate_saturated(a)));
}

}  // namespace wxmp::inline v0_1::detail

#endif
