// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_STOP_TOKEN_HPP
#define WXMP_TRANSPORT_STOP_TOKEN_HPP

#include <wxmp/version.hpp>

#include <version>

#ifdef __cpp_lib_jthread
#include <stop_token>
#endif

namespace wxmp::inline v0_1 {

#ifdef __cpp_lib_jthread

/// Asks runs to stop: the type of the standard library.
using std::stop_source;

/// Tells a run that it was asked to stop: the type of the standard library.
using std::stop_token;

#else

// Before version 20, libc++ has stop tokens only with -fexperimental-library. Without them a run can only be
// stopped by its deadline or, in callback style, by its handle.
struct stop_token {
    [[nodiscard]] bool stop_requested() const noexcept { return requested_ && *requested_; }
    const bool* requested_{};
};
struct stop_source {
    [[nodiscard]] stop_token get_token() const noexcept { return {&requested_}; }
    bool request_stop() noexcept { return requested_ = true; }
    bool requested_{};
};

#endif

}  // namespace wxmp::inline v0_1

#endif
