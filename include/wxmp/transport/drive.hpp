// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DRIVE_HPP
#define WXMP_TRANSPORT_DRIVE_HPP

#include <wxmp/flow/detail/check_flow.hpp>
#include <wxmp/transport/detail/check_token_store.hpp>
#include <wxmp/transport/detail/check_transport.hpp>
#include <wxmp/transport/drive_callback.hpp>
#include <wxmp/transport/run.hpp>

#include <boost/core/no_exceptions_support.hpp>

#include <concepts>
#include <exception>
#include <utility>
#include <variant>

namespace wxmp::inline v0_1 {

namespace detail {

// ---- Blocking

template <blocking_transport T, blocking_token_store S> blocking_calls calls_of(T& t, S& store) {
    blocking_calls c{};
    c.transport = &t;
    c.send = [](void* self, const http::request& r, const stop_token& stop) {
        return send_by(*static_cast<T*>(self), r, stop);
    };
    if constexpr (has_clock<T>) c.now = [](void* self) -> instant { return static_cast<T*>(self)->now(); };
    if constexpr (requires(time_point until, const stop_token& stop) { t.wait_until(until, stop); })
        c.wait_until = [](void* self, time_point until, const stop_token& stop) {
            static_cast<T*>(self)->wait_until(until, stop);
        };
    else if constexpr (requires(time_point until) { t.wait_until(until); })
        c.wait_until = [](void* self, time_point until, const stop_token&) {
            static_cast<T*>(self)->wait_until(until);
        };
    if constexpr (!std::same_as<S, no_token_store>) {
        c.store = &store;
        c.ask = [](void* self, const store_request& what) { return ask(*static_cast<S*>(self), what); };
    }
    return c;
}

// ---- Awaitable

template <class T>
concept awaitable_timer = requires(T& t, time_point until) {
    t.wait_until(until);
}
|| requires(T& t, time_point until, stop_token s) { t.wait_until(until, s); };

template <class T> auto wait_by(T& t, time_point until, const stop_token& stop) {
    if constexpr (requires { t.wait_until(until, stop); }) return t.wait_until(until, stop);
    else return t.wait_until(until);
}

// `Task`: a task of the transport, which must be able to await the store's tasks.
template <class Task, token_store S> Task ask_awaiting(S& store, const store_request& what) {
    if constexpr (blocking_token_store<S>) co_return ask(store, what);
    else if (std::holds_alternative<load_token>(what)) co_return to_store_answer(co_await store.load());
    else if (const auto* lease = std::get_if<lease_token>(&what))
        co_return to_store_answer(co_await store.lease(lease->time));
    else if (const auto* commit = std::get_if<commit_token>(&what))
        co_return to_store_answer(co_await store.commit(commit->record));
    else if (const auto* release = std::get_if<release_token>(&what))
        co_return to_store_answer(co_await store.release(release->fence));
    else co_return to_store_answer(co_await store.invalidate(std::get<invalidate_token>(what).token));
}

// One action at a time. Ends with an error if the flow waits and the transport has no timer.
template <awaitable_transport T, token_store S> task_of<T, void> pump(T& t, S& store, run_state& run) {
    using asking = task_of<T, store_answer>;
    for (;;) {
        auto a = run.next(now_of(t));
        if (std::holds_alternative<flows::done>(a)) co_return result<void>();
        if (const auto* r = std::get_if<flows::fetch>(&a)) run.on(run.read(*r), now_of(t));
        if (const auto* s = std::get_if<flows::send>(&a)) {
            auto response = co_await send_by(t, *s->request, run.stop());
            run.on(to_event(*s, std::move(response)), now_of(t));
        }
        if (const auto* q = std::get_if<flows::ask_store>(&a)) {
            auto answer = co_await ask_awaiting<asking>(store, *q->what);
            run.on(to_event(q->id, std::move(answer)), now_of(t));
        }
        if (const auto* w = std::get_if<flows::wait>(&a)) {
            if constexpr (awaitable_timer<T>) {
                auto waited = co_await wait_by(t, w->until, run.stop());
                if (!waited) run.cancel();
            } else co_return error(errc::no_timer);
        }
    }
}

template <awaitable_transport T, token_store S>
task_of<T, void> give_back_awaiting(T& t, S& store, flow_ref f, const run_state& run) {
    using asking = task_of<T, store_answer>;
    BOOST_TRY {
        break_off(f, run.asked(), now_of(t));
        for (auto q = only_to_give_back(f, now_of(t)); q.what; q = only_to_give_back(f, now_of(t))) {
            auto answer = co_await ask_awaiting<asking>(store, *q.what);
            f.on(to_event(q.id, std::move(answer)), now_of(t));
        }
    }
    BOOST_CATCH(...) {}
    BOOST_CATCH_END
    co_return result<void>();
}

template <class T, class S, class F>
concept drivable = transport<T> && store_for<S, T> && flow<F>;

}  // namespace detail

/** Runs `f` to its end, one action at a time.

    Exceptions from the caller's functions, and `std::bad_alloc`, propagate after the flow was cancelled and
    has released its lease.

    @param store token store for the flow's requests
    @param token added to each request that needs one and has none
*/
template <blocking_transport T, blocking_token_store S, flow F>
result<typename F::value_type> drive(T& t, S& store, F f, secret token = {}, run_options o = {}) {
    const bool is_late = detail::compiled.transport.run_blocking(detail::calls_of(t, store), flow_ref(f),
                                                                 std::move(token), std::move(o));
    if (!is_late) return std::move(f).take();
    return detail::settled(std::move(f).take(), true);
}

/// The same, as a task. `t`, the store and the source must outlive it. Destroying it aborts what is in
/// flight, but leaves a lease held until it expires: request a stop instead.
template <awaitable_transport T, detail::store_for<T> S, flow F>
detail::task_of<T, typename F::value_type> drive(T& t, S& store, F f, secret token = {}, run_options o = {}) {
    detail::run_state run(flow_ref(f), std::move(token), std::move(o), detail::now_of(t));
    result<void> ended;
    std::exception_ptr thrown;
    BOOST_TRY { ended = co_await detail::pump(t, store, run); }
    BOOST_CATCH(...) { thrown = std::current_exception(); }
    BOOST_CATCH_END
    if (thrown || !ended) static_cast<void>(co_await detail::give_back_awaiting(t, store, flow_ref(f), run));
    if (thrown) std::rethrow_exception(thrown);
    if (!ended) co_return ended.error();
    co_return run.settle(std::move(f).take());
}

/** Runs `f` to its end, with as many requests in flight as it wants, then calls `handler` once with the
    result.

    `t`, the store and the source must outlive the run, and must not invoke its handlers concurrently. An
    exception from the caller's functions ends the run with `errc::exception_thrown`, or with its error code
    if it has one; one from `handler` propagates to the code that invoked it. If there is no memory to start
    the run, this throws `std::bad_alloc` and `handler` is not called.

    @return a handle to stop the run; it may be discarded
*/
template <callback_transport T, detail::store_for<T> S, flow F, class Handler>
run_handle drive(T& t, S& store, F f, secret token, run_options o, Handler handler) {
    if constexpr (detail::check_handler<Handler, result<typename F::value_type>>()) {
        using run = detail::callback_run<T, S, F, Handler>;
        const auto r =
            std::make_shared<run>(t, store, std::move(f), std::move(token), std::move(o), std::move(handler));
        r->pump();
        return run_handle(r);
    }
}

/// The same without a token, and with default options.
template <callback_transport T, detail::store_for<T> S, flow F, class Handler>
run_handle drive(T& t, S& store, F f, Handler handler) {
    return drive(t, store, std::move(f), secret(), run_options(), std::move(handler));
}

/// With anything else: the error says what it lacks.
template <class T, class S, class F, class Token = secret, class Options = run_options, class... More>
    requires(!detail::drivable<T, S, F>)
auto drive(T&, S&, const F&, const Token& = {}, const Options& = {}, const More&...) {
    static_assert(detail::check_transport<T>() && detail::check_store_for<S, T>() && detail::check_flow<F>());
}

}  // namespace wxmp::inline v0_1

#endif
