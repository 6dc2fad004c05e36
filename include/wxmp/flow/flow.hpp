// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_FLOW_HPP
#define WXMP_FLOW_FLOW_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/error/error.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace wxmp {

/// The time as flows know it. They never ask a clock; a driver tells them.
using time_point = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Tells apart what a flow has asked for and not got yet. Chosen by the flow.
using request_id = std::uint32_t;

/// Do this exchange, then tell @ref answered or @ref failed. Others may be under way meanwhile.
struct send {
    request_id id{};
    http::request request;
};

/// Read these bytes of the caller's source, then tell @ref fetched or @ref failed.
struct fetch {
    request_id id{};
    std::uint64_t offset{};
    std::size_t size{};
};

/// Nothing to do before this time, unless something that is under way ends earlier.
struct wait {
    time_point until;
};

/// Nothing more: take the result.
struct done {};

/// What a flow wants next.
using action = std::variant<send, fetch, wait, done>;

/// The response to a @ref send.
struct answered {
    request_id id{};
    http::response response;
};

/// The bytes of a @ref fetch: lent by the source, or owned.
struct fetched {
    request_id id{};
    std::string_view lent;  ///< valid while the source lives; used when not empty
    std::string owned;      ///< else these

    /// The bytes, wherever they are.
    [[nodiscard]] std::string_view bytes() const noexcept {
        return lent.empty() ? std::string_view(owned) : lent;
    }
};

/// A @ref send or a @ref fetch that came to nothing.
struct failed {
    request_id id{};
    error why;
};

/// What a driver tells a flow.
using event = std::variant<answered, fetched, failed>;

/// Of which action an event is the outcome.
inline request_id id_of(const event& e) noexcept {
    return std::visit([](const auto& x) { return x.id; }, e);
}

/** An algorithm without I/O: no socket, file, clock or thread.

    `next(now)` says what it wants. After a @ref send or a @ref fetch it may be asked again at once, for
    several may be under way; after a @ref wait it is asked again when the time has come or when something
    was told; after @ref done its result is taken. `on(event, now)` tells it an outcome; one that it did not
    ask for ends it with `errc::unexpected_event`. `cancel()` ends it with `errc::cancelled`.
*/
template <class F>
concept flow = std::movable<F> && requires(F& f, event e, time_point now) {
    typename F::value_type;
    { f.next(now) } -> std::same_as<action>;
    { f.on(std::move(e), now) } -> std::same_as<void>;
    { f.cancel() } -> std::same_as<void>;
    { std::move(f).take() } -> std::same_as<result<typename F::value_type>>;
};

/// A borrowed flow whose type is forgotten, so that a drive loop is compiled once for each transport.
class flow_ref {
public:
    /// Refers to `f`, which must outlive this reference.
    template <class F>
        requires(!std::same_as<F, flow_ref> && flow<F>)
    explicit flow_ref(F& f) noexcept
        : self_(&f),
          next_([](void* self, time_point now) { return static_cast<F*>(self)->next(now); }),
          on_([](void* self, event&& e, time_point now) { static_cast<F*>(self)->on(std::move(e), now); }) {}

    action next(time_point now) { return next_(self_, now); }
    void on(event&& e, time_point now) { on_(self_, std::move(e), now); }

private:
    void* self_;
    action (*next_)(void*, time_point);
    void (*on_)(void*, event&&, time_point);
};

}  // namespace wxmp

#endif
