// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_TOKEN_STORE_HPP
#define WXMP_TRANSPORT_TOKEN_STORE_HPP

#include <wxmp/flow/flow.hpp>
#include <wxmp/transport/detail/transport_functions.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1 {

/** Stores the token of one account, and the lease to renew it. Blocking: each member returns its result.

    - `load()` returns the record, or nothing.
    - `lease(time)` grants the sole right to renew for that time and returns its fence, a number larger than
      any before; or nothing while another client holds the lease.
    - `commit(record)` stores the record unless one with a larger or equal fence is there; true if stored.
    - `release(fence)` releases the lease, if it is still that one.
    - `invalidate(token)` makes the record expire at once, if it still holds that token.

    A store shared by several machines must do each of these atomically; one shared by threads must be
    thread-safe. Errors are `errc::store_failed` or `errc::bad_record` and must not contain secrets.

    A client of any style can use it. If the client is not blocking, each store call blocks its thread: about
    five calls in the lifetime of a token, each for up to the store's timeout if it is unreachable.
*/
template <class S>
concept blocking_token_store = requires(S& s, const token_record& r, const secret& token, std::uint64_t fence,
                                        std::chrono::milliseconds time) {
    { s.load() } -> std::same_as<result<std::optional<token_record>>>;
    { s.lease(time) } -> std::same_as<result<std::optional<std::uint64_t>>>;
    { s.commit(r) } -> std::same_as<result<bool>>;
    { s.release(fence) } -> std::same_as<result<void>>;
    { s.invalidate(token) } -> std::same_as<result<void>>;
};

namespace detail {

template <class S, class T> using task_of = typename std::remove_reference_t<S>::template task<result<T>>;

template <class S>
concept names_its_task = requires {
    typename task_of<S, bool>;
};

// Never called. One for each answer: choosing one of several would ask whether void converts to an optional,
// which libc++ 19 cannot tell.
template <class T> struct store_handler { void operator()(const result<T>&) const; };

}  // namespace detail

/// The same for coroutines: each member returns the store's own `task` of what a @ref blocking_token_store
/// returns. Arguments stay valid until the task has ended.
template <class S>
concept awaitable_token_store = detail::names_its_task<S> &&
    requires(S& s, const token_record& r, const secret& token, std::uint64_t fence,
             std::chrono::milliseconds time) {
    { s.load() } -> std::same_as<detail::task_of<S, std::optional<token_record>>>;
    { s.lease(time) } -> std::same_as<detail::task_of<S, std::optional<std::uint64_t>>>;
    { s.commit(r) } -> std::same_as<detail::task_of<S, bool>>;
    { s.release(fence) } -> std::same_as<detail::task_of<S, void>>;
    { s.invalidate(token) } -> std::same_as<detail::task_of<S, void>>;
};

/// The same with callbacks: each member returns at once and calls its last argument, once, with what a
/// @ref blocking_token_store returns; it may do so before it returns. Arguments stay valid until then.
template <class S>
concept callback_token_store = requires(S& s, const token_record& r, const secret& token, std::uint64_t fence,
                                        std::chrono::milliseconds time,
                                        detail::store_handler<std::optional<token_record>> loaded,
                                        detail::store_handler<std::optional<std::uint64_t>> leased,
                                        detail::store_handler<bool> committed,
                                        detail::store_handler<void> done) {
    { s.load(loaded) } -> std::same_as<void>;
    { s.lease(time, leased) } -> std::same_as<void>;
    { s.commit(r, committed) } -> std::same_as<void>;
    { s.release(fence, done) } -> std::same_as<void>;
    { s.invalidate(token, done) } -> std::same_as<void>;
};

/// A token store of any style. A store may support two of them.
template <class S>
concept token_store = blocking_token_store<S> || awaitable_token_store<S> || callback_token_store<S>;

/// For flows that use no token store: each member fails with `errc::store_failed`.
struct no_token_store {
    result<std::optional<token_record>> load() { return none(); }
    result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds) { return none(); }
    result<bool> commit(const token_record&) { return none(); }
    result<void> release(std::uint64_t) { return none(); }
    result<void> invalidate(const secret&) { return none(); }

    /// That error.
    static error none() { return error(errc::store_failed, "there is no token store"); }
};

namespace detail {

inline store_answer to_answer(std::optional<token_record> r) { return {std::move(r), {}, {}}; }
inline store_answer to_answer(std::optional<std::uint64_t> fence) { return {{}, fence.value_or(0), {}}; }
inline store_answer to_answer(bool committed) { return {{}, {}, committed}; }

template <class T> result<store_answer> to_store_answer(result<T>&& r) {
    if (!r) return r.error();
    if constexpr (std::is_void_v<T>) return store_answer();
    else return to_answer(*std::move(r));
}

// Calls `f` with a function that calls the member of a store that `what` stands for, with further arguments.
template <class F> decltype(auto) with_member(const store_request& what, F f) {
    if (std::holds_alternative<load_token>(what))
        return f([](auto& s, auto... more) { return s.load(more...); });
    if (const auto* x = std::get_if<lease_token>(&what))
        return f([x](auto& s, auto... more) { return s.lease(x->time, more...); });
    if (const auto* x = std::get_if<commit_token>(&what))
        return f([x](auto& s, auto... more) { return s.commit(x->record, more...); });
    if (const auto* x = std::get_if<release_token>(&what))
        return f([x](auto& s, auto... more) { return s.release(x->fence, more...); });
    return f([x = &std::get<invalidate_token>(what)](auto& s, auto... more) {
        return s.invalidate(x->token, more...);
    });
}

// Makes a request to a blocking store.
template <blocking_token_store S> result<store_answer> ask(S& s, const store_request& what) {
    return with_member(what, [&](auto member) { return to_store_answer(member(s)); });
}

// Makes a request to a callback store. `what` must stay valid until the handler is called.
template <callback_token_store S, class Handler> void ask(S& s, const store_request& what, Handler told) {
    with_member(what, [&](auto member) {
        member(s, [told = std::move(told)](auto r) mutable { told(to_store_answer(std::move(r))); });
    });
}

inline flows::event to_event(flows::request_id id, result<store_answer>&& r) {
    return compiled.transport.answered_by_store(id, std::move(r));
}

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
