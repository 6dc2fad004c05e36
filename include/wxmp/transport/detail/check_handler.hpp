// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DETAIL_CHECK_HANDLER_HPP
#define WXMP_TRANSPORT_DETAIL_CHECK_HANDLER_HPP

#include <wxmp/version.hpp>

#include <concepts>

namespace wxmp::detail {

// Stands for the handler where none is given.
struct missing_handler {};

// True if the handler takes the result; else it says what is wrong with it.
template <class Handler, class Result> constexpr bool check_handler() {
    if constexpr (std::same_as<Handler, missing_handler>)
        static_assert(std::invocable<Handler&, Result>,
                      "wxmp: a handler is missing: over a callback transport, it is the last argument");
    else
        static_assert(std::invocable<Handler&, Result>, "wxmp: the handler, the last argument, cannot be "
                                                        "called with the `result<...>` of the call or flow");
    return std::invocable<Handler&, Result>;
}

}  // namespace wxmp::detail

#endif
