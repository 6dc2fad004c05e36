// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_API_ERROR_OF_HPP
#define WXMP_OPERATION_API_ERROR_OF_HPP

#include <wxmp/operation/complete.hpp>

#include <boost/describe/class.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace wxmp::inline v0_1 {

namespace detail {

// What the responses of all calls have in common.
struct any_call {
    static constexpr endpoint at = endpoint::get("/");
    struct response {};
};
BOOST_DESCRIBE_STRUCT(any_call, (), ())
BOOST_DESCRIBE_STRUCT(any_call::response, (), ())

// No error response is larger: it holds only the code, a line of text and a rid.
inline constexpr std::size_t longest_refusal = 4096;

// Whether the value after the name of a return code is 0, which means success.
inline bool is_zero(std::string_view after_name) {
    const auto at = after_name.find_first_not_of(" \t\r\n:\"");
    if (at == after_name.npos || after_name[at] != '0') return false;
    const auto end = after_name.find_first_not_of(" \t\r\n\"", at + 1);
    return end != after_name.npos && (after_name[end] == ',' || after_name[end] == '}');
}

// Inside a string, the quotes of a name would be escaped.
inline bool names_a_code(std::string_view body, std::string_view name) {
    for (auto at = body.find(name); at != body.npos; at = body.find(name, at + 1))
        if (!is_zero(body.substr(at + name.size()))) return true;
    return false;
}

inline bool may_be_refusal(const http::response& r) {
    if (r.body.size() > longest_refusal) return false;
    const std::string_view body = r.body;
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first == body.npos || body[first] != '{') return false;
    if (!http::find_header(r.headers, "Content-Disposition").empty()) return false;
    return names_a_code(body, "\"errcode\"") || names_a_code(body, "\"ret\"");
}

}  // namespace detail

/** Finds the error in a response without knowing its call: one with the return code of the service,
    `errc::http_status`, or nothing.

    It is cheap: a body is only parsed as JSON if it has at most 4 KiB, begins with a brace and has a return
    code other than 0. Files, large responses and malformed ones are left to @ref complete.
*/
inline std::optional<error> api_error_of(const http::response& r) {
    const bool read = detail::may_be_refusal(r);
    if (!read && r.status / 100 == 2) return std::nullopt;
    if (!read) return error(errc::http_status).with_http_status(r.status);
    const auto answer = complete<detail::any_call>(r);
    if (answer) return std::nullopt;
    const auto& why = answer.error();
    return why.api_code() != 0 || why == errc::http_status ? std::optional(why) : std::nullopt;
}

}  // namespace wxmp::inline v0_1

#endif
