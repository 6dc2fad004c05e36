// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The same run in each of the three styles, over the platform, one step after the other: so that a test can do
// something at any of them.
#ifndef WXMP_TESTS_TRANSPORT_STYLES_HPP
#define WXMP_TESTS_TRANSPORT_STYLES_HPP

#include <wxmp/client.hpp>

#include <boost/test/unit_test.hpp>

#include "step_world.hpp"
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace wxmp_test {

// ---- Stores in the styles

struct blocking_store {
    step_world* w;
    auto load() { return begin(), w->stored()->load(); }
    auto lease(std::chrono::milliseconds t) { return begin(), w->stored()->lease(t); }
    auto commit(const wxmp::token_record& r) { return begin(), w->stored()->commit(r); }
    auto release(std::uint64_t fence) { return begin(), w->stored()->release(fence); }
    auto invalidate(const wxmp::secret& t) { return begin(), w->stored()->invalidate(t); }

private:
    void begin() { w->start(), w->step(); }
};

struct callback_store {
    step_world* w;
    void load(auto h) {
        later([this] { return w->stored()->load(); }, h);
    }
    void lease(std::chrono::milliseconds t, auto h) {
        later([this, t] { return w->stored()->lease(t); }, h);
    }
    void commit(const wxmp::token_record& r, auto h) {
        later([this, &r] { return w->stored()->commit(r); }, h);
    }
    void release(std::uint64_t fence, auto h) {
        later([this, fence] { return w->stored()->release(fence); }, h);
    }
    void invalidate(const wxmp::secret& t, auto h) {
        later([this, &t] { return w->stored()->invalidate(t); }, h);
    }

private:
    void later(auto ask, auto h) {
        w->start();
        w->loop.turns.push_back([this, ask, h]() mutable {
            auto answer = ask();
            w->step();
            h(std::move(answer));
        });
    }
};

struct awaitable_store {
    template <class T> using task = wxmp_test::task<T>;
    step_world* w;

    task<wxmp::result<std::optional<wxmp::token_record>>> load() {
        w->start();
        turn its(w->loop);
        co_await its;
        w->step();
        co_return w->stored()->load();
    }
    task<wxmp::result<std::optional<std::uint64_t>>> lease(std::chrono::milliseconds t) {
        w->start();
        turn its(w->loop);
        co_await its;
        w->step();
        co_return w->stored()->lease(t);
    }
    task<wxmp::result<bool>> commit(const wxmp::token_record& r) {
        w->start();
        turn its(w->loop);
        co_await its;
        w->step();
        co_return w->stored()->commit(r);
    }
    task<wxmp::result<void>> release(std::uint64_t fence) {
        w->start();
        turn its(w->loop);
        co_await its;
        w->step();
        co_return w->stored()->release(fence);
    }
    task<wxmp::result<void>> invalidate(const wxmp::secret& t) {
        w->start();
        turn its(w->loop);
        co_await its;
        w->step();
        co_return w->stored()->invalidate(t);
    }
};

static_assert(wxmp::blocking_token_store<blocking_store>);
static_assert(wxmp::callback_token_store<callback_store>);
static_assert(wxmp::awaitable_token_store<awaitable_store>);

// ---- Transports in the styles

struct blocking_steps {
    step_world* w;
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r, std::stop_token stop = {}) {
        w->start();
        return w->answer(r, stop);
    }
    void wait_until(wxmp::time_point t, std::stop_token stop) { w->start(), w->wait(t, stop); }
    wxmp::instant now() const { return w->clock.now(); }
};

struct callback_steps {
    step_world* w;
    void send(const wxmp::http::request& r, std::stop_token stop,
              std::function<void(wxmp::result<wxmp::http::response>)> h) {
        w->start();
        w->loop.turns.push_back([this, &r, stop, h] { h(answer(r, stop)); });
    }
    void wait_until(wxmp::time_point t, std::stop_token stop, std::function<void()> h) {
        w->start();
        w->loop.timers.emplace(t, [this, t, stop, h] {
            w->wait(t, stop);
            h();
        });
    }
    wxmp::instant now() const { return w->clock.now(); }

private:
    // A sink may throw, which no loop of events would like.
    wxmp::result<wxmp::http::response> answer(const wxmp::http::request& r, const std::stop_token& stop) {
        try {
            return w->answer(r, stop);
        } catch (...) {
            return wxmp::error_of_exception();
        }
    }
};

struct awaitable_steps {
    template <class T> using task = wxmp_test::task<T>;
    step_world* w;
    task<wxmp::result<wxmp::http::response>> send(const wxmp::http::request& r, std::stop_token stop) {
        w->start();
        turn its(w->loop);
        co_await its;
        co_return w->answer(r, stop);
    }
    task<wxmp::result<void>> wait_until(wxmp::time_point t, std::stop_token stop) {
        w->start();
        turn its(w->loop);
        co_await its;
        w->wait(t, stop);
        if (stop.stop_requested()) co_return wxmp::error(wxmp::errc::cancelled);
        co_return wxmp::result<void>();
    }
    wxmp::instant now() const { return w->clock.now(); }
};

// ---- A run in each of them

// What became of it: its fault, if any. Nothing: it threw, or its handler was never called.
using ending = std::optional<std::optional<wxmp::error>>;

template <class T> ending ending_of(const wxmp::result<T>& r) {
    return r ? ending(std::optional<wxmp::error>()) : ending(r.error());
}

template <class Transport, class Store> struct step_client {
    explicit step_client(step_world& w)
        : store{&w},
          policy(store, step_world::grant()),
          client(Transport{&w}, w.options, policy, wxmp::retry_policy(), wxmp::failover_policy()) {}

    Store store;
    wxmp::token_policy<Store> policy;
    wxmp::client<Transport, wxmp::token_policy<Store>, wxmp::retry_policy, wxmp::failover_policy> client;
};

// Each: `run(world, client, flow, options)` to its end. `stop_at` a step, by the means of the style.
struct blocking_style {
    using kit = step_client<blocking_steps, blocking_store>;

    template <wxmp::flow F>
    static ending run(step_world& w, kit& k, F f, wxmp::run_options o = {}, int stop_at = -1) {
        std::stop_source source;
        o.stop = source.get_token();
        prepare(w, stop_at, [source]() mutable { source.request_stop(); });
        return ending_of(k.client.run(std::move(f), o));
    }
    static void prepare(step_world& w, int at, std::function<void()> act) {
        w.steps = 0;
        w.times.clear();
        if (at < 0) return;
        w.act_at = at;
        w.act = std::move(act);
    }
};

struct awaitable_style {
    using kit = step_client<awaitable_steps, awaitable_store>;

    template <wxmp::flow F>
    static ending run(step_world& w, kit& k, F f, wxmp::run_options o = {}, int stop_at = -1) {
        std::stop_source source;
        o.stop = source.get_token();
        blocking_style::prepare(w, stop_at, [source]() mutable { source.request_stop(); });
        auto task = k.client.run(std::move(f), o);
        task.start();
        while (w.loop.step()) {
        }
        BOOST_TEST(task.is_over());
        return ending_of(task.await_resume());
    }
};

struct callback_style {
    using kit = step_client<callback_steps, callback_store>;

    template <wxmp::flow F>
    static ending run(step_world& w, kit& k, F f, wxmp::run_options o = {}, int stop_at = -1) {
        int times = 0;
        ending got;
        const auto alive = std::make_shared<int>();
        wxmp::run_handle handle;
        blocking_style::prepare(w, stop_at, [&] { handle.cancel(); });
        handle = k.client.run(std::move(f), o, [&, alive](const auto& r) {
            ++times;
            got = ending_of(r);
        });
        while (w.loop.step()) {
        }
        BOOST_TEST(times == 1);
        BOOST_TEST(alive.use_count() == 1);  // nothing of the run is left
        handle.cancel();                     // which does no harm
        return got;
    }
};

}  // namespace wxmp_test

#endif
