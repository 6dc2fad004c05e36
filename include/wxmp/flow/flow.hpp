// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_FLOW_HPP
#define WXMP_FLOW_FLOW_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/error/error.hpp>
#include <wxmp/flow/store_request.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace wxmp {

/// A moment on the clock that nobody sets: what waits and deadlines are told by.
using time_point = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

/// A moment as the world dates it. Only what the service tells or what is stored is in it: somebody may set
/// the clock at any time.
using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Now, as both clocks tell it. A flow never asks a clock; a driver tells it.
struct instant {
    time_point steady{};
    wall_time wall{};
};

/// What flows and those who run them tell each other.
namespace flows {

/// Tells apart what a flow has asked for and not got yet. Chosen by the flow, below @ref first_reserved_id.
using request_id = std::uint32_t;

/// From this one on, ids belong to what a flow is wrapped in.
inline constexpr request_id first_reserved_id = 0x8000'0000;

/// Do this exchange, then tell @ref answered or @ref failed. Others may be under way meanwhile.
struct send {
    request_id id{};
    http::request*
        request{};  ///< the flow's own: valid until its outcome was told. The driver may complete it
};

/// Read these bytes of the caller's source, then tell @ref fetched or @ref failed.
struct fetch {
    request_id id{};
    std::uint64_t offset{};
    std::size_t size{};
};

/// Ask the token store, then tell @ref stored or @ref failed.
struct ask_store {
    request_id id{};
    store_request what;
};

/// Nothing to do before this time, unless something that is under way ends earlier.
struct wait {
    time_point until;
};

/// Nothing more: take the result.
struct done {};

/// What a flow wants next.
using action = std::variant<send, fetch, ask_store, wait, done>;

/// The response to a @ref send.
struct answered {
    request_id id{};
    http::response response;
    std::optional<error> refusal{};  ///< what @ref api_error_of says of it, where that was asked already
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

/// What the store said to an @ref ask_store.
struct stored {
    request_id id{};
    store_answer answer;
};

/// A @ref send, a @ref fetch or an @ref ask_store that came to nothing.
struct failed {
    request_id id{};
    error why;
    bool is_unsent{};  ///< it has surely not been carried out, whatever the error says
};

/// What a driver tells a flow.
using event = std::variant<answered, fetched, stored, failed>;

/// Of which action an event is the outcome.
inline request_id id_of(const event& e) noexcept {
    return std::visit([](const auto& x) { return x.id; }, e);
}

}  // namespace flows

/** An algorithm without I/O: no socket, file, clock or thread.

    - `next(now)` says what it wants. After a @ref flows::send, a @ref flows::fetch or an
      @ref flows::ask_store it may be asked again at once, for several may be under way; after a
      @ref flows::wait it is asked again when the time has come or when something was told; after
      @ref flows::done its result is taken. From the first `next` on it must not be moved, as it lends its
      requests.
    - `on(event, now)` tells it an outcome; one that it did not ask for ends it with
      `errc::unexpected_event`.
    - `cancel()` makes it end: it is asked on, as it may have a lease to give back or wait for what is under
      way, but it begins nothing new. Its result is `errc::cancelled`; or `errc::outcome_unknown` where a
      request that is not safe to repeat may have been carried out; or the value, if it was there already.
*/
template <class F>
concept flow = std::move_constructible<F> && requires(F& f, flows::event e, instant now) {
    typename F::value_type;
    { f.next(now) } -> std::same_as<flows::action>;
    { f.on(std::move(e), now) } -> std::same_as<void>;
    { f.cancel() } -> std::same_as<void>;
    { std::move(f).take() } -> std::same_as<result<typename F::value_type>>;
};

/// A borrowed flow whose type is forgotten, so that what runs flows is compiled once for all of them.
class flow_ref {
public:
    /// Refers to `f`, which must outlive this reference.
    template <class F>
        requires(!std::same_as<std::remove_const_t<F>, flow_ref> && flow<F>)
    explicit flow_ref(F& f) noexcept
        : self_(&f),
          next_([](void* self, instant now) { return static_cast<F*>(self)->next(now); }),
          on_([](void* self, flows::event&& e, instant now) {
              static_cast<F*>(self)->on(std::move(e), now);
          }),
          cancel_([](void* self) { static_cast<F*>(self)->cancel(); }) {}

    flows::action next(instant now) { return next_(self_, now); }
    void on(flows::event&& e, instant now) { on_(self_, std::move(e), now); }
    void cancel() { cancel_(self_); }

private:
    void* self_;
    flows::action (*next_)(void*, instant);
    void (*on_)(void*, flows::event&&, instant);
    void (*cancel_)(void*);
};

}  // namespace wxmp

#endif
