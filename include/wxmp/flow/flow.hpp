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

namespace wxmp::inline v0_1 {

/// A time on the steady clock, for waits and deadlines.
using time_point = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

/// A calendar time. Only for times that the service sends or that are stored: the system clock may be set at
/// any time.
using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

/// The current time on both clocks. A flow never reads a clock; the driver passes the time in.
struct instant {
    time_point steady{};  ///< on the steady clock
    wall_time wall{};     ///< by the calendar
};

/// Actions, which flows return to a driver, and events, which the driver passes back.
namespace flows {

/// Identifies a pending action. Chosen by the flow, below @ref first_reserved_id.
using request_id = std::uint32_t;

/// Ids from here on are reserved for wrappers around a flow.
inline constexpr request_id first_reserved_id = 0x8000'0000;

/// Send this request; ends in @ref answered or @ref failed. Other actions may be pending meanwhile.
struct send {
    request_id id{};           ///< chosen by the flow
    http::request* request{};  ///< owned by the flow, valid until the outcome; the driver may modify it
};

/// Read these bytes of the caller's source; ends in @ref fetched or @ref failed.
struct fetch {
    request_id id{};         ///< chosen by the flow
    std::uint64_t offset{};  ///< of the first byte
    std::size_t size{};      ///< number of bytes
};

/// Make this request to the token store; ends in @ref stored or @ref failed.
struct ask_store {
    request_id id{};              ///< chosen by the flow
    const store_request* what{};  ///< owned by the flow, valid until the outcome
};

/// Nothing to do until this time, unless a pending action ends earlier.
struct wait {
    time_point until;  ///< on the steady clock
};

/// The flow has ended: take the result.
struct done {};

/// What a flow wants next. Trivially copyable.
using action = std::variant<send, fetch, ask_store, wait, done>;

/// The response to a @ref send.
struct answered {
    request_id id{};                 ///< of the @ref send
    http::response response;         ///< as it came
    std::optional<error> refusal{};  ///< result of @ref api_error_of, if it was called already
};

/// The bytes of a @ref fetch: lent by the source, or owned.
struct fetched {
    request_id id{};        ///< of the @ref fetch
    std::string_view lent;  ///< valid as long as the source; used if not empty
    std::string owned;      ///< used otherwise; if the flow does not move it out, the next is read into it

    /// The bytes, lent or owned.
    [[nodiscard]] std::string_view bytes() const noexcept {
        return lent.empty() ? std::string_view(owned) : lent;
    }
};

/// The answer to an @ref ask_store.
struct stored {
    request_id id{};      ///< of the @ref ask_store
    store_answer answer;  ///< what the store returned
};

/// A @ref send, @ref fetch or @ref ask_store that failed.
struct failed {
    request_id id{};   ///< of the action
    error why;         ///< what went wrong
    bool is_unsent{};  ///< it was never sent, whatever the error
};

/// The outcome of an action, passed to the flow by the driver.
using event = std::variant<answered, fetched, stored, failed>;

/// The id of the action that an event belongs to.
inline request_id id_of(const event& e) noexcept {
    if (const auto* a = std::get_if<answered>(&e)) return a->id;
    if (const auto* f = std::get_if<fetched>(&e)) return f->id;
    if (const auto* s = std::get_if<stored>(&e)) return s->id;
    const auto* f = std::get_if<failed>(&e);
    return f ? f->id : request_id{};
}

}  // namespace flows

/** An algorithm without I/O: no socket, file, clock or thread.

    - `next(now)` returns the next action. After a @ref flows::send, @ref flows::fetch or
      @ref flows::ask_store it may be called again at once, as several may be pending; after a
      @ref flows::wait, call it again when the time has come or an event was delivered; after
      @ref flows::done, take the result. Do not move a flow after the first `next`: it hands out pointers to
      its requests.
    - `on(event, now)` delivers the outcome of an action; one that is not pending ends the flow with
      `errc::unexpected_event`.
    - `cancel()` makes it end. Keep calling `next`: it may have a lease to release or wait for what is in
      flight, but starts nothing new. The result is `errc::cancelled`; or `errc::outcome_unknown` if a request
      that is not idempotent may have been carried out; or the value, if it was there already.
    - When there is no memory, each of them may throw std::bad_alloc. A flow of this library has then changed
      neither itself nor the event: do the same again, or cancel.
*/
template <class F>
concept flow = std::move_constructible<F> && requires(F& f, flows::event e, instant now) {
    typename F::value_type;
    { f.next(now) } -> std::same_as<flows::action>;
    { f.on(std::move(e), now) } -> std::same_as<void>;
    { f.cancel() } -> std::same_as<void>;
    { std::move(f).take() } -> std::same_as<result<typename F::value_type>>;
};

}  // namespace wxmp::inline v0_1

#endif
