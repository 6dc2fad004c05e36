// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_API_ERROR_OF_HPP
#define WXMP_OPERATION_API_ERROR_OF_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/operation/detail/operation_functions.hpp>

#include <cstddef>
#include <optional>

namespace wxmp::inline v0_1 {

namespace detail {

// No error response is larger: it holds only the code, a line of text and a rid.
inline constexpr std::size_t longest_refusal = 4096;

}  // namespace detail

/** Finds the error in a response without knowing its call: one with the return code of the service,
    `errc::http_status`, or nothing.

    It is cheap: a body is only parsed as JSON if it has at most 4 KiB, begins with a brace and has a return
    code other than 0. Files, large responses and malformed ones are left to @ref complete.
*/
inline std::optional<error> api_error_of(const http::response& r) {
    return detail::compiled.operation.api_error_of(r);
}

}  // namespace wxmp::inline v0_1

#endif
