// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_TRANSPORT_TASK_HPP
#define WXMP_TESTS_TRANSPORT_TASK_HPP

#include <wxmp/flow/flow.hpp>

#include <coroutine>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace wxmp_test {

// A coroutine that starts when it is awaited, and goes with its object. By hand: nothing of Asio.
template <class T> class task {
public:
    struct promise_type {
        std::optional<T> value;
        std::exception_ptr thrown;
        std::coroutine_handle<> then = std::noop_coroutine();

        task get_return_object() { return task(handle::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct go_back {
                bool await_ready() noexcept { return false; }
                std::coroutine_handle<> await_suspend(handle h) noexcept { return h.promise().then; }
                void await_resume() noexcept {}
            };
            return go_back{};
        }
        void return_value(T v) { value.emplace(std::move(v)); }
        void unhandled_exception() { thrown = std::current_exception(); }
    };
    using handle = std::coroutine_handle<promise_type>;

    task(task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    task& operator=(task&&) = delete;
    ~task() {
        if (handle_) handle_.destroy();
    }

    [[nodiscard]] bool await_ready() const { return false; }
    handle await_suspend(std::coroutine_handle<> then) {
        handle_.promise().then = then;
        return handle_;
    }
    T await_resume() {
        if (handle_.promise().thrown) std::rethrow_exception(handle_.promise().thrown);
        return std::move(*handle_.promise().value);
    }

    void start() { handle_.resume(); }
    [[nodiscard]] bool is_over() const { return handle_.done(); }

    // What it has returned; nothing while it runs.
    [[nodiscard]] const std::optional<T>& outcome() const { return handle_.promise().value; }

private:
    explicit task(handle h) : handle_(h) {}
    handle handle_;
};

// Who waits, in order; a timer is due when nothing else is.
struct event_loop {
    std::deque<std::function<void()>> turns{};
    std::multimap<wxmp::time_point, std::function<void()>> timers{};

    bool step() {
        if (turns.empty() && timers.empty()) return false;
        if (turns.empty()) turns.push_back(std::move(timers.extract(timers.begin()).mapped()));
        const auto turn = std::move(turns.front());
        turns.pop_front();
        turn();
        return true;
    }
};

// Suspends a coroutine until its turn comes. Knows when that is destroyed: nobody may resume it any more.
class turn {
public:
    explicit turn(event_loop& l) : loop_(l) {}
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
    ~turn() { *is_alive_ = false; }

    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> h) {
        loop_.turns.push_back([h, alive = is_alive_] {
            if (*alive) h.resume();
        });
    }
    void await_resume() const {}

private:
    event_loop& loop_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace wxmp_test

#endif
