// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_TRANSPORT_HPP
#define WXMP_TRANSPORT_TRANSPORT_HPP

#include <wxmp/flow/flow.hpp>
#include <wxmp/transport/detail/transport_functions.hpp>
#include <wxmp/transport/stop_token.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace wxmp::inline v0_1 {

/** For transports: handles the next piece of a response body. `answer` has its status and headers already.

    The piece goes to the request's sink, if there is one and the status is 2xx; otherwise to `answer`.

    @return Nothing, or the error that the exchange has to end with: `errc::cancelled` if the sink wants no
    more, `errc::too_large` past `max_response`.
*/
inline std::optional<errc> take_body(const http::request& r, http::response& answer, std::string_view piece) {
    return detail::compiled.transport.take_body(r, answer, piece);
}

/// For callback transports and stores, which cannot throw: converts the exception being handled to an error.
/// Without its text, which may hold a secret.
inline error error_of_exception() { return detail::compiled.transport.error_of_exception(); }

namespace detail {

// Never called.
struct any_response_handler {
    void operator()(result<http::response>) const;
};
struct any_wait_handler {
    void operator()() const;
};

// Calls the form of `send` that the transport has, preferring the one with a stop token.
template <class T, class... Handler>
auto send_by(T& t, const http::request& r, const stop_token& s, Handler... h)
    -> decltype(t.send(r, s, std::move(h)...)) {
    return t.send(r, s, std::move(h)...);
}
template <class T, class... Handler>
    requires(!requires(T & t, const http::request& r, stop_token s, Handler... h) { t.send(r, s, h...); })
auto send_by(T& t, const http::request& r, const stop_token&, Handler... h)
    -> decltype(t.send(r, std::move(h)...)) {
    return t.send(r, std::move(h)...);
}

}  // namespace detail

/** Blocking: `send(request)` returns the response.

    A transport of any style sends the request unchanged, plus Host and a Content-Length that is the size of
    the body, never chunked. It honours `timeout`, `max_response` and `sink` (@ref take_body implements the
    last two), follows no redirects, does not retry, and verifies the peer's certificate. Its errors are
    `errc::connect_failed` if nothing was sent, `errc::timeout`, `errc::connection_lost`, `errc::too_large`,
    `errc::source_failed` and `errc::cancelled`, with no secret in their texts. One that keeps connections
    alive may distinguish `errc::stale_connection` from `errc::connection_lost`.

    An exception from the sink or a source ends that exchange only, and propagates out of `send`; a callback
    transport passes @ref error_of_exception to the handler instead.

    If `send` takes a @ref stop_token after the request, it ends with `errc::cancelled` soon after a stop is
    requested, from any thread.

    Two more members are optional, in any style: `instant now()`, the transport's own clock, and `wait_until`,
    which waits for a @ref time_point, and may take a @ref stop_token after it to end early.
*/
template <class T>
concept blocking_transport = requires(T& t, const http::request& r, stop_token s) {
    { detail::send_by(t, r, s) } -> std::same_as<result<http::response>>;
};

/** Awaitable: `send(request)` returns the transport's own coroutine type, which it names `task`.

    If cancelled in another way, as by the slot of an Asio coroutine, it returns `errc::cancelled`, and the
    coroutine must be able to await again; `wait_until` returns `task<result<void>>` and does the same.
*/
template <class T>
concept awaitable_transport = requires(T& t, const http::request& r, stop_token s) {
    typename std::remove_reference_t<T>::template task<result<http::response>>;
    {
        detail::send_by(t, r, s)
        } -> std::same_as<typename std::remove_reference_t<T>::template task<result<http::response>>>;
};

/** Callback: `send(request, handler)` returns at once and calls the handler with the response, once.

    The request stays valid until then. The handler may be called from inside `send`. A stop token goes
    between the two, as in `wait_until(time, token, handler)`, whose handler is called when the time has come
    or on a stop.
*/
template <class T>
concept callback_transport = requires(T& t, const http::request& r, stop_token s,
                                      detail::any_response_handler h) {
    { detail::send_by(t, r, s, h) } -> std::same_as<void>;
};

/// A transport of any style.
template <class T>
concept transport = blocking_transport<T> || awaitable_transport<T> || callback_transport<T>;

namespace detail {

inline instant system_now() { return compiled.transport.system_now(); }

template <class T>
concept has_clock = requires(T& t) {
    { t.now() } -> std::convertible_to<instant>;
};

// From the transport's own clocks, such as virtual ones in tests, or else the system's.
template <class T> instant now_of(T& t) {
    if constexpr (has_clock<T>) return t.now();
    else return system_now();
}

// The outcome of a send. A cancelled request that is not idempotent may have been carried out.
inline flows::event to_event(const flows::send& s, result<http::response>&& r) {
    return compiled.transport.sent(s, std::move(r));
}

// Reads from the source for a flow, into that buffer. Lent bytes are not copied.
inline flows::event read_source(const flows::fetch& f, byte_source_ref from, std::string buffer = {}) {
    return compiled.transport.read_source(f, from, std::move(buffer));
}

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
