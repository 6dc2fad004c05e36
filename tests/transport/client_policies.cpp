// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include <boost/test/unit_test.hpp>

#include "../flow/logged_store.hpp"
#include "task.hpp"
#include <algorithm>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_client_policies)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using testing::platform;
using testing::platform_transport;
using wxmp_test::logged_store;

constexpr wall_time begin{1'767'240'000s};

auth::stable_token stable() { return {.appid = "wx1", .secret = secret("s1")}; }

options on_api() {
    options o;
    o.random = [] { return std::uint64_t{0}; };
    return o;
}

struct office {
    platform p;
    testing::account& owner{p.add_account("wx1", secret("s1"))};
    testing::virtual_clock clock{begin};
    logged_store store{[this] { return clock.now().steady; }};
    token_policy<logged_store> policy{store, stable()};
    std::uint64_t grants() const { return p.calls<auth::stable_token>(); }
};

// In the platform's time.
class blocking_transport {
public:
    explicit blocking_transport(office& o) : office_(o) {}
    result<http::response> send(const http::request& r) {
        const auto a = office_.p.handle(r, now().wall);
        if (a.lost) return error(errc::connection_lost);
        return a.response;
    }
    void wait_until(time_point t) { office_.clock.wait_until(t); }
    instant now() const { return office_.clock.now(); }

private:
    office& office_;
};

// Exchanges take as long as they are told to and are carried out at their end; time runs when `run` is called.
class virtual_transport {
public:
    explicit virtual_transport(office& o, std::chrono::milliseconds each = 50ms) : office_(o), each_(each) {}

    void send(const http::request& r, std::function<void(result<http::response>)> h) {
        ++sends_;
        at(now().steady + each_,
           [this, &r, h = std::move(h)] { h(office_.p.handle(r, now().wall).response); });
    }
    void wait_until(time_point t, std::function<void()> h) { at(t, std::move(h)); }
    instant now() const { return office_.clock.now(); }
    void at(time_point t, std::function<void()> h) { due_.emplace(std::max(t, now().steady), std::move(h)); }
    void run() {
        while (!due_.empty()) {
            auto next = due_.extract(due_.begin());
            office_.clock.wait_until(next.key());
            next.mapped()();
        }
    }
    int sends() const { return sends_; }

private:
    office& office_;
    std::chrono::milliseconds each_;
    std::multimap<time_point, std::function<void()>> due_{};
    int sends_{};
};

// The same as an awaitable transport.
struct awaitable_virtual {
    template <class T> using task = wxmp_test::task<T>;
    virtual_transport* t;

    struct pause {
        virtual_transport& t;
        time_point until;
        bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> h) {
            t.wait_until(until, [h] { h.resume(); });
        }
        void await_resume() {}
    };
    struct exchange {
        virtual_transport& t;
        const http::request& r;
        std::optional<result<http::response>> got{};
        bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> h) {
            t.send(r, [this, h](result<http::response> x) {
                got = std::move(x);
                h.resume();
            });
        }
        result<http::response> await_resume() { return *std::move(got); }
    };

    task<result<http::response>> send(const http::request& r) {
        exchange x{*t, r};
        auto got = co_await x;
        co_return got;
    }
    task<result<void>> wait_until(time_point until) {
        pause p{*t, until};
        co_await p;
        co_return result<void>();
    }
    instant now() const { return t->now(); }
};

BOOST_AUTO_TEST_CASE(a_blocking_client_cares_for_its_token) {
    office o;
    wxmp::client c(blocking_transport(o), on_api(), o.policy);
    for (int i = 0; i != 3; ++i) BOOST_TEST(c(draft::count{}).has_value());
    BOOST_TEST(o.grants() == 1u);
    o.owner.tokens.expire(o.store.load().value()->token.reveal(), o.clock.now().wall);
    BOOST_TEST(c(draft::count{}).has_value());
    BOOST_TEST(o.grants() == 2u);
    o.clock.advance(6'900s);
    BOOST_TEST(c(draft::count{}).has_value());
    BOOST_TEST(o.grants() == 3u);
}

BOOST_AUTO_TEST_CASE(a_client_may_borrow_its_transport) {
    office o;
    blocking_transport t(o);
    wxmp::client c(std::ref(t), on_api(), o.policy);
    BOOST_TEST(c(draft::count{}).has_value());
    BOOST_TEST(&c.next_layer() == &t);
    wxmp::client plain(std::ref(t));
    BOOST_TEST(plain(draft::count{}).error().api_code() == 41001);
}

BOOST_AUTO_TEST_CASE(a_flow_tells_its_progress_through_all_policies) {
    office o;
    wxmp::client c(blocking_transport(o), on_api(), o.policy, retry_policy(), failover_policy());
    const std::string bytes(300, 'x');
    const memory_source source{bytes};
    upload_options how;
    how.block_size = 64;
    how.review = false;
    std::uint64_t sent = 0;
    how.progress = [&](const upload_progress& p) { sent = p.sent; };
    const auto r =
        c.run(upload("v.mp4", bytes.size(), {"t", "w", false}, c.settings(), how), {.source = source});
    BOOST_TEST(r.has_value());
    BOOST_TEST(sent == 300u);
}

BOOST_AUTO_TEST_CASE(a_fixed_token_goes_with_retries) {
    office o;
    blocking_transport t(o);
    wxmp::client c(std::ref(t), on_api(), retry_policy{.pauses = {.tries = 2}});
    c.access_token(wxmp::client(std::ref(t))(stable()).value().access_token);
    o.p.inject({.call = {}, .what = testing::fault::error_code{-1}});
    BOOST_TEST(c(draft::count{}).has_value());
    BOOST_TEST(o.p.calls<draft::count>() == 2u);
}

BOOST_AUTO_TEST_CASE(retries_go_around_the_token_calls_too) {
    office o;
    wxmp::client c(blocking_transport(o), on_api(), o.policy, retry_policy());
    o.p.inject({.call = std::string(auth::stable_token::at.path), .what = testing::fault::lose_answer{}});
    o.p.inject({.call = std::string(draft::count::at.path), .what = testing::fault::http_status{502}});
    o.p.inject(
        {.call = std::string(draft::count::at.path), .nth = 1, .what = testing::fault::expire_token{}});
    BOOST_TEST(c(draft::count{}).has_value());
    BOOST_TEST(o.p.faults_left() == 0u);
}

BOOST_AUTO_TEST_CASE(a_token_is_replaced_on_demand) {
    office o;
    wxmp::client c(blocking_transport(o), on_api(), o.policy);
    c(draft::count{}).value();
    BOOST_TEST(c.run(o.policy.force_renewal(c.settings())).has_value());
    BOOST_TEST(o.owner.tokens.issued().size() == 2u);
    BOOST_TEST(c(draft::count{}).has_value());
    BOOST_TEST(o.owner.tokens.issued().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_client_outlives_its_store_for_a_while) {
    office o;
    wxmp::client c(blocking_transport(o), on_api(), o.policy);
    c(draft::count{}).value();
    o.store.down = true;
    for (int i = 0; i != 3; ++i) {
        BOOST_TEST(c(draft::count{}).has_value());
        o.clock.advance(2'399s);
    }
    BOOST_TEST(o.grants() == 1u);
    o.clock.advance(5s);
    BOOST_CHECK(c(draft::count{}).error() == errc::store_failed);
    o.store.down = false;
    BOOST_TEST(c(draft::count{}).has_value());
    o.store.down = true;
    const auto last = o.owner.tokens.issued().back().text;
    o.owner.tokens.expire(last.reveal(), o.clock.now().wall);
    BOOST_CHECK(c(draft::count{}).error() == errc::store_failed);  // refused, and no other to be had
    BOOST_CHECK(c(draft::count{}).error() == errc::store_failed);
}

// ---- Callbacks

BOOST_AUTO_TEST_CASE(many_calls_at_once_share_one_renewal) {
    office o;
    virtual_transport t(o);
    wxmp::client c(std::ref(t), on_api(), o.policy, retry_policy());
    int good = 0;
    const auto handler = [&](const auto& r) { good += r.has_value(); };
    for (int i = 0; i != 50; ++i) c(draft::count{}, handler);
    t.run();
    BOOST_TEST(good == 50);
    BOOST_TEST(o.grants() == 1u);
    BOOST_TEST(t.sends() == 51);

    // All find their token expired, and again one gets another.
    o.owner.tokens.expire(o.store.load().value()->token.reveal(), t.now().wall);
    for (int i = 0; i != 50; ++i) c(draft::count{}, handler);
    t.run();
    BOOST_TEST(good == 100);
    BOOST_TEST(o.grants() == 2u);
    BOOST_TEST(o.store.committed.size() == 2u);
}

BOOST_AUTO_TEST_CASE(calls_over_hours_never_meet_a_token_that_is_over) {
    office o;
    virtual_transport t(o, 500ms);
    wxmp::client c(std::ref(t), options{}, o.policy);
    int good = 0;
    for (int i = 0; i != 4'000; ++i)
        t.at(o.clock.now().steady + i * 7s,
             [&] { c(draft::count{}, [&](const auto& r) { good += r.has_value(); }); });
    t.run();
    BOOST_TEST(good == 4'000);
    BOOST_TEST(o.p.calls<draft::count>() == 4'000u);  // none was refused
    BOOST_TEST(o.grants() == 5u);                     // in 28 000 s
}

BOOST_AUTO_TEST_CASE(an_upload_with_a_window_meets_the_end_of_its_token) {
    for (std::uint32_t nth = 2; nth != 12; ++nth) {
        office o;
        virtual_transport t(o);
        wxmp::client c(std::ref(t), on_api(), o.policy);
        o.p.inject({.call = {}, .nth = nth, .what = testing::fault::expire_token{}});
        std::string bytes;
        for (int i = 0; i != 8 * 64; ++i) bytes += static_cast<char>(i * 7);
        const memory_source source{bytes};
        upload_options how;
        how.block_size = 64;
        how.review = false;
        how.pauses.tries = 1;
        bool is_good = false;
        c.run(upload("v.mp4", bytes.size(), {"t", "w", false}, c.settings(), how), {.source = source},
              [&](const auto& r) { is_good = r.has_value(); });
        t.run();
        BOOST_TEST(is_good);
        BOOST_TEST((o.owner.videos.uploads().front().bytes() == bytes));
        BOOST_TEST(o.grants() == 2u);
    }
}

// ---- Coroutines

BOOST_AUTO_TEST_CASE(awaitable_calls_at_once_share_one_renewal) {
    office o;
    virtual_transport t(o);
    wxmp::client c(awaitable_virtual{&t}, on_api(), o.policy, retry_policy());
    const auto calls = [&](int n) -> wxmp_test::task<int> {
        int good = 0;
        for (int i = 0; i != n; ++i) {
            const draft::count op;
            const auto r = co_await c(op);
            good += r.has_value();
        }
        co_return good;
    };
    std::vector<wxmp_test::task<int>> running;
    for (int i = 0; i != 10; ++i) running.push_back(calls(5)), running.back().start();
    t.run();
    for (const auto& one : running) BOOST_TEST(one.outcome().value() == 5);
    BOOST_TEST(o.grants() == 1u);
    BOOST_TEST(t.sends() == 51);
}

BOOST_AUTO_TEST_CASE(a_dropped_coroutine_holds_nothing_but_its_lease) {
    office o;
    virtual_transport t(o);
    wxmp::client c(awaitable_virtual{&t}, on_api(), o.policy);
    {
        const draft::count op;
        auto dropped = c(op);
        dropped.start();  // it asks for the token
    }
    BOOST_TEST(t.sends() == 1);
    const auto dropped_at = o.clock.now().steady;
    virtual_transport later(o);
    wxmp::client other(std::ref(later), on_api(), o.policy);
    bool is_good = false;
    other(draft::count{}, [&](const auto& r) { is_good = r.has_value(); });
    later.run();
    BOOST_TEST(is_good);
    BOOST_CHECK(later.now().steady - dropped_at >= 60s);
    BOOST_CHECK(later.now().steady - dropped_at < 63s);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
