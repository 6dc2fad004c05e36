// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_HTTP_HPP
#define WXMP_DATA_HTTP_HPP

#include <wxmp/data/body.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/secret.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wxmp::inline v0_1::http {

/// One header field.
struct header {
    std::string name;   ///< case-insensitive
    std::string value;  ///< without line breaks

    friend bool operator==(const header&, const header&) = default;
};

namespace detail {

constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

}  // namespace detail

/// The value of the first header called `name`, ignoring case; empty if there is none.
inline std::string_view find_header(const std::vector<header>& headers, std::string_view name) noexcept {
    for (const auto& h : headers)
        if (detail::equal_ignoring_case(h.name, name)) return h.value;
    return {};
}

/// An HTTP response.
struct response {
    int status{};                 ///< such as 200
    std::vector<header> headers;  ///< in the order received
    std::string body;             ///< complete, without transfer coding; empty if a @ref sink took it
};

/** Receives the body of a response piece by piece, in order, so that it is not collected in memory.

    `head` has the status and the headers; `bytes` is never empty and valid only during the call. Returning
    false ends the exchange with `errc::cancelled`. An exception ends it and propagates out of the call; a
    call with a completion handler passes that `errc::exception_thrown` instead.
*/
using sink = std::function<bool(const response& head, std::string_view bytes)>;

/** An HTTP request: what a transport sends, and within which limits.

    The library sets neither Host nor Content-Length: the transport does, from @ref host and the size of the
    body. It must not send `Transfer-Encoding: chunked`, which the service refuses.
*/
struct request {
    method verb{};                        ///< GET or POST
    std::string scheme;                   ///< `https`, or `http` for a simulator
    std::string host;                     ///< with `:port` unless it is the scheme's default
    secret target;                        ///< path and query, with the access token
    std::string safe_target;              ///< the same with secrets replaced by `***`, for logs and errors
    std::vector<secret> secrets;          ///< in the target and the body; see @ref redact
    std::vector<header> headers;          ///< to be sent as is
    http::body body;                      ///< empty for a GET
    bool needs_token{};                   ///< `access_token` must still be added
    bool idempotent{};                    ///< safe to repeat if the response was lost
    bool retried_by_sender{};             ///< retried by the flow that made it; retry policies leave it alone
    std::chrono::milliseconds timeout{};  ///< for the whole exchange; 0: none
    std::uint64_t max_response{};         ///< maximum size of the response body in bytes; 0: no limit

    /// Receives the body of a 2xx response, without limit; that of any other is collected. A transport that
    /// does not support sinks collects all. May be empty.
    http::sink sink{};

    /// The full URL; a secret, as it holds the access token.
    [[nodiscard]] secret url() const { return secret(scheme + "://" + host + target.reveal()); }
};

}  // namespace wxmp::inline v0_1::http

#endif
