// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_TRANSPORT_HPP
#define WXMP_TRANSPORT_TRANSPORT_HPP

#include <wxmp/flow/flow.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace wxmp {

/** For transports: takes the next piece of the body of `answer`, whose status and headers are there already.

    It goes to the request's sink, if there is one and the status is 2xx; else `answer` gets it.

    @return Nothing, or what the exchange has to end with: `errc::cancelled` where the sink wants no more,
    `errc::too_large` past `max_response`.
*/
inline std::optional<errc> take_body(const http::request& r, http::response& answer, std::string_view piece) {
    if (piece.empty()) return std::nullopt;
    if (r.sink && answer.status / 100 == 2) {
        if (r.sink(answer, piece)) return std::nullopt;
        return errc::cancelled;
    }
    answer.body.append(piece);
    if (r.max_response == 0 || answer.body.size() <= r.max_response) return std::nullopt;
    return errc::too_large;
}

/** Blocking: `send` returns the response.

    What every transport, whatever its style, owes: it sends the request as it is, with Host and a
    Content-Length that is the size of the body, never chunked; it honours `timeout`, `max_response` and
    `sink` (@ref take_body does the last two); it does not follow redirects and does not send again; it
    verifies the peer's certificate. It reports `errc::connect_failed` when nothing was sent,
    `errc::timeout`, `errc::connection_lost`, `errc::too_large`, `errc::source_failed` and
    `errc::cancelled`, and no secret in their texts. One that keeps connections may tell
    `errc::stale_connection` from `errc::connection_lost`.
*/
template <class T>
concept blocking_transport = requires(T& t, const http::request& r) {
    { t.send(r) } -> std::same_as<result<http::response>>;
};

/// Awaitable: `send` returns the transport's own coroutine type, which it names `task`.
template <class T>
concept awaitable_transport = requires(T& t, const http::request& r) {
    typename std::remove_reference_t<T>::template task<result<http::response>>;
    { t.send(r) } -> std::same_as<typename std::remove_reference_t<T>::template task<result<http::response>>>;
};

namespace detail {

struct any_response_handler {
    void operator()(result<http::response>) const {}
};
struct any_wait_handler {
    void operator()() const {}
};

}  // namespace detail

/** Callback: `send` returns at once and calls the handler with the response, once.

    The request stays valid until then. The handler may be called from inside `send`.
*/
template <class T>
concept callback_transport = requires(T& t, const http::request& r, detail::any_response_handler h) {
    { t.send(r, h) } -> std::same_as<void>;
};

/// Any of the three styles.
template <class T>
concept transport = blocking_transport<T> || awaitable_transport<T> || callback_transport<T>;

namespace detail {

// A transport may have a clock and a timer of its own: a virtual one in tests, its event loop's elsewhere.
template <class T> time_point now_of(T& t) {
    if constexpr (requires {
                      { t.now() } -> std::convertible_to<time_point>;
                  })
        return t.now();
    else return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

inline event to_event(request_id id, result<http::response>&& r) {
    if (!r) return failed{id, r.error()};
    return answered{id, *std::move(r)};
}

// Reads for a flow. A source that lends is not copied.
inline event read_source(const fetch& f, source_ref from) {
    if (from.lends()) {
        const auto bytes = from.lend(f.offset, f.size);
        if (bytes.size() != f.size) return failed{f.id, error(errc::source_failed)};
        return fetched{f.id, bytes, {}};
    }
    std::string bytes(f.size, '\0');
    if (from.read_at(f.offset, bytes.data(), f.size) != f.size)
        return failed{f.id, error(errc::source_failed)};
    return fetched{f.id, {}, std::move(bytes)};
}

}  // namespace detail

}  // namespace wxmp

#endif
