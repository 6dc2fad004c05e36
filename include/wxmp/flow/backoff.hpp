// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_BACKOFF_HPP
#define WXMP_FLOW_BACKOFF_HPP

#include <wxmp/version.hpp>

#include <chrono>

namespace wxmp::inline v0_1 {

/// How many times to try something, and how long to pause in between. `milliseconds::max()` means no limit.
struct backoff {
    unsigned tries = 5;                         ///< including the first; 0: no limit
    std::chrono::milliseconds first{1'000};     ///< pause before the second try, at least 1 ms
    double factor = 2;                          ///< each further pause is this many times as long,
    std::chrono::milliseconds longest{60'000};  ///< up to this
    double jitter = 0;                          ///< random part of each pause: 0 none, 1 all of it
    std::chrono::milliseconds total{300'000};   ///< no try starts later than this after the first
};

}  // namespace wxmp::inline v0_1

#endif
