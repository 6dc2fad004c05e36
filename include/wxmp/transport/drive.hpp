// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DRIVE_HPP
#define WXMP_TRANSPORT_DRIVE_HPP

#include <wxmp/operation/prepare.hpp>
#include <wxmp/transport/transport.hpp>

#include <functional>
#include <memory>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>

namespace wxmp {

/// Called after each step of a flow, as for a progress bar. May be empty.
template <flow F> using observer = std::type_identity_t<std::function<void(const F&)>>;

namespace detail {

// What a flow runs with besides its transport.
struct drive_context {
    secret access_token;         // added to each request that needs one
    source_ref source;           // what the flow may read; outlives the run
    std::function<void()> step;  // after each step of the flow; may be empty
};

template <flow F> drive_context make_context(const F& f, secret token, source_ref from, observer<F> look) {
    drive_context with{std::move(token), from, {}};
    if (look) with.step = [&f, look = std::move(look)] { look(f); };
    return with;
}

inline void observe(const drive_context& with) {
    if (with.step) with.step();
}

template <blocking_transport T> void wait_until(T& t, time_point until) {
    if constexpr (requires { t.wait_until(until); }) t.wait_until(until);
    else std::this_thread::sleep_until(until);
}

template <blocking_transport T> void pump(T& t, flow_ref f, const drive_context& with) {
    for (;; observe(with)) {
        action a = f.next(now_of(t));
        if (std::holds_alternative<done>(a)) return;
        if (auto* w = std::get_if<wait>(&a)) wait_until(t, w->until);
        if (auto* r = std::get_if<fetch>(&a)) f.on(read_source(*r, with.source), now_of(t));
        if (auto* s = std::get_if<send>(&a)) {
            authorize(s->request, with.access_token);
            f.on(to_event(s->id, t.send(s->request)), now_of(t));
        }
    }
}

template <class T>
concept awaitable_timer = requires(T& t, time_point until) {
    t.wait_until(until);
};

// One exchange at a time. Ends with the reason where the transport cannot wait.
template <awaitable_transport T>
typename T::template task<result<void>> pump(T& t, flow_ref f, const drive_context& with) {
    for (;; observe(with)) {
        action a = f.next(now_of(t));
        if (std::holds_alternative<done>(a)) co_return result<void>();
        if (auto* r = std::get_if<fetch>(&a)) f.on(read_source(*r, with.source), now_of(t));
        if (auto* s = std::get_if<send>(&a)) {
            authorize(s->request, with.access_token);
            auto response = co_await t.send(s->request);
            f.on(to_event(s->id, std::move(response)), now_of(t));
        }
        if (auto* w = std::get_if<wait>(&a)) {
            if constexpr (awaitable_timer<T>) co_await t.wait_until(w->until);
            else co_return error(errc::no_timer);
        }
    }
}

// Keeps a flow alive while its requests are out, and tells the handler at the end. One thread at a time.
template <callback_transport T, flow F, class Handler>
class callback_run : public std::enable_shared_from_this<callback_run<T, F, Handler>> {
public:
    callback_run(T& t, F f, secret token, source_ref from, observer<F> look, Handler h)
        : transport_(t),
          flow_(std::move(f)),
          with_(make_context(flow_, std::move(token), from, std::move(look))),
          handler_(std::move(h)) {}

    // A handler that is called from inside `send` must not recurse: the loop that is running goes on.
    void pump() {
        again_ = true;
        if (std::exchange(pumping_, true)) return;
        while (std::exchange(again_, false)) run();
        pumping_ = false;
    }

private:
    void run() {
        while (!ended_) {
            action a = flow_.next(now_of(transport_));
            if (std::holds_alternative<done>(a)) return end(std::move(flow_).take());
            if (auto* r = std::get_if<fetch>(&a)) flow_.on(read_source(*r, with_.source), now_of(transport_));
            if (auto* s = std::get_if<send>(&a)) start(std::move(*s));
            if (auto* w = std::get_if<wait>(&a)) return start(*w);
            observe(with_);
        }
    }

    void start(send s) {
        authorize(s.request, with_.access_token);
        auto request = std::make_shared<const http::request>(std::move(s.request));
        transport_.send(*request,
                        [self = this->shared_from_this(), request, id = s.id](result<http::response> r) {
                            if (self->ended_) return;
                            self->flow_.on(to_event(id, std::move(r)), now_of(self->transport_));
                            observe(self->with_);
                            self->pump();
                        });
    }

    void start(wait w) {
        if (w.until >= timer_) return;  // one that ends no later is running
        if constexpr (requires { transport_.wait_until(w.until, any_wait_handler()); }) {
            timer_ = w.until;
            transport_.wait_until(w.until, [self = this->shared_from_this(), until = w.until] {
                if (self->timer_ == until) self->timer_ = time_point::max();
                self->pump();
            });
        } else end(error(errc::no_timer));
    }

    void end(result<typename F::value_type> outcome) {
        if (std::exchange(ended_, true)) return;
        handler_(std::move(outcome));
    }

    T& transport_;
    F flow_;
    drive_context with_;
    Handler handler_;
    time_point timer_ = time_point::max();  // when the next one ends
    bool pumping_{};
    bool again_{};
    bool ended_{};
};

}  // namespace detail

/** Runs `f` to its end, one exchange at a time.

    @param token added to each request that needs one
    @param from what the flow may read
*/
template <blocking_transport T, flow F>
result<typename F::value_type> drive(T& t, F f, secret token, source_ref from = {}, observer<F> look = {}) {
    detail::pump(t, flow_ref(f), detail::make_context(f, std::move(token), from, std::move(look)));
    return std::move(f).take();
}

/// Runs `f` to its end, one exchange at a time. `t` and the source must outlive the task.
template <awaitable_transport T, flow F>
typename T::template task<result<typename F::value_type>> drive(T& t, F f, secret token, source_ref from = {},
                                                                observer<F> look = {}) {
    const auto with = detail::make_context(f, std::move(token), from, std::move(look));
    auto ended = co_await detail::pump(t, flow_ref(f), with);
    if (!ended) co_return ended.error();
    co_return std::move(f).take();
}

/** Runs `f` to its end, with as many exchanges under way as it wants, then calls `handler` with the result.

    `t` and the source must outlive the run, and the handlers of `t` must not run at the same time.
*/
template <callback_transport T, flow F, class Handler>
void drive(T& t, F f, secret token, source_ref from, observer<F> look, Handler handler) {
    using run = detail::callback_run<T, F, Handler>;
    std::make_shared<run>(t, std::move(f), std::move(token), from, std::move(look), std::move(handler))
        ->pump();
}

}  // namespace wxmp

#endif
