// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DETAIL_CHECK_HANDLER_HPP
#define WXMP_TRANSPORT_DETAIL_CHECK_HANDLER_HPP

#include <wxmp/version.hpp>

#include <concepts>

namespace wxmp::inline v0_1::detail {

// True if the handler takes the result; else it says that it does not.
template <class Handler, class Result> consteval bool check_handler() {
    static_assert(
        std::invocable<Handler&, Result>,
        "wxmp: the handler, the last argument, cannot be called with the `result<...>` of the call or flow");
    return std::invocable<Handler&, Result>;
}

}  // namespace wxmp::inline v0_1::detail

#endif
