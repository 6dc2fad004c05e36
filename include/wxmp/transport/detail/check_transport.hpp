// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DETAIL_CHECK_TRANSPORT_HPP
#define WXMP_TRANSPORT_DETAIL_CHECK_TRANSPORT_HPP

#include <wxmp/data/detail/member_names.hpp>
#include <wxmp/transport/transport.hpp>

#include <type_traits>

namespace wxmp::inline v0_1::detail {

struct named_send {
    int send;
};
template <class T>
concept lacks_send = requires {
    &both<T, named_send>::send;
};

template <class T>
concept sends = requires(T& t, const http::request& r, stop_token s) {
    send_by(t, r, s);
};

template <class T>
concept sends_with_handler = requires(T& t, const http::request& r, stop_token s, any_response_handler h) {
    send_by(t, r, s, h);
};

template <class T>
concept names_its_task_of_response = requires {
    typename T::template task<result<http::response>>;
};

// True of a transport; of anything else it says what that lacks.
template <class Transport> consteval bool check_transport() {
    using T = std::remove_reference_t<Transport>;
    if constexpr (transport<T>) return true;
    else if constexpr (std::is_const_v<T> && transport<std::remove_const_t<T>>)
        static_assert(transport<T>, "wxmp: this transport is const, and its `send` is not");
    else if constexpr (lacks_send<T>)
        static_assert(transport<T>, "wxmp: this type is no transport: it has no `send`. It needs one of: "
                                    "`result<http::response> send(const http::request&)`, the same as its "
                                    "own `task<...>`, or `void send(const http::request&, auto handler)`");
    else if constexpr (sends_with_handler<T>)
        static_assert(transport<T>,
                      "wxmp: this type is no transport: its `send` takes a handler and does not return void");
    else if constexpr (sends<T> && names_its_task_of_response<T>)
        static_assert(transport<T>, "wxmp: this type is no transport: its `send` does not return its own "
                                    "`task<result<http::response>>`");
    else if constexpr (sends<T>)
        static_assert(transport<T>,
                      "wxmp: this type is no transport: its `send` does not return "
                      "`result<http::response>`; if it returns a coroutine, the transport has to "
                      "name the coroutine's type, as in `template <class T> using task = ...;`");
    else
        static_assert(transport<T>, "wxmp: this type is no transport: its `send` cannot be called with a "
                                    "`const http::request&`, alone (blocking, awaitable), or followed by a "
                                    "handler of any type that takes a `result<http::response>` (callback)");
    return true;
}

}  // namespace wxmp::inline v0_1::detail

#endif
