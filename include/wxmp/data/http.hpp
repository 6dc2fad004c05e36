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

namespace wxmp::http {

/// One header field.
struct header {
    std::string name;   ///< compared without regard to case
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

/// The value of the first header called `name`, or an empty string. The case of `name` does not matter.
inline std::string_view find_header(const std::vector<header>& headers, std::string_view name) noexcept {
    for (const auto& h : headers)
        if (detail::equal_ignoring_case(h.name, name)) return h.value;
    return {};
}

/// A response as data.
struct response {
    int status{};                 ///< as 200
    std::vector<header> headers;  ///< in the order in which they came
    std::string body;             ///< all of it, without transfer coding; empty where a @ref sink took it
};

/** Takes the body of a response piece by piece, in order, instead of having it collected.

    `head` is the status and the headers, `bytes` are never empty and last as long as the call. False ends the
    exchange with `errc::cancelled`. What it throws ends the exchange and comes out of the call; one with a
    handler tells it `errc::exception_thrown`.
*/
using sink = std::function<bool(const response& head, std::string_view bytes)>;

/** A request as data: what a transport has to send, and under which limits.

    The library sets neither Host nor Content-Length: the transport does, from @ref host and the size of the
    body. It never sends `Transfer-Encoding: chunked`, which the service refuses.
*/
struct request {
    method verb{};                        ///< GET or POST
    std::string scheme;                   ///< `https`, or `http` for a simulator
    std::string host;                     ///< with `:port` when it is not the scheme's own
    secret target;                        ///< path and query, holding the access token
    std::string safe_target;              ///< the same with secrets replaced by `***`: for logs and errors
    std::vector<header> headers;          ///< to be sent as they are
    http::body body;                      ///< empty for a GET
    bool needs_token{};                   ///< `access_token` has still to be added
    bool idempotent{};                    ///< safe to send again when the answer was lost
    bool retried_by_sender{};             ///< who makes it sends it again where that helps; no policy has to
    std::chrono::milliseconds timeout{};  ///< for the whole exchange; 0: none
    std::uint64_t max_response{};         ///< bytes of response body to accept; 0: no limit

    /// Where the body of a response with status 2xx goes, without limit; that of any other is collected. A
    /// transport that knows no sinks collects all. May be empty.
    http::sink sink{};

    /// The full URL. A secret, for it holds the access token.
    [[nodiscard]] secret url() const { return secret(scheme + "://" + host + target.reveal()); }
};

}  // namespace wxmp::http

#endif
