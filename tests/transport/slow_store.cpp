// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// On one thread, a token store that takes its time holds up nobody but the call that asks it.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/testing/platform.hpp>
#include <wxmp/testing/virtual_clock.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_slow_store)

namespace {

namespace asio = boost::asio;
using namespace wxmp;
using namespace std::chrono_literals;

using loaded = result<std::optional<token_record>>;
using leased = result<std::optional<std::uint64_t>>;

// Answers in the next turn of the loop or, while it is slow, when it is told to.
class slow_store {
public:
    template <class T> using task = asio::awaitable<T>;
    using await = asio::use_awaitable_t<>;

    slow_store(asio::io_context& io, memory_token_store::clock c) : io_(io), inner_(std::move(c)) {}

    template <class Token = await> auto load(Token t = {}) {
        return later<loaded>([this] { return inner_.load(); }, t);
    }
    template <class Token = await> auto lease(std::chrono::milliseconds time, Token t = {}) {
        return later<leased>([this, time] { return inner_.lease(time); }, t);
    }
    template <class Token = await> auto commit(const token_record& r, Token t = {}) {
        return later<result<bool>>([this, &r] { return inner_.commit(r); }, t);
    }
    template <class Token = await> auto release(std::uint64_t fence, Token t = {}) {
        return later<result<void>>([this, fence] { return inner_.release(fence); }, t);
    }
    template <class Token = await> auto invalidate(const secret& token, Token t = {}) {
        return later<result<void>>([this, &token] { return inner_.invalidate(token); }, t);
    }

    std::size_t waiting() const { return waiting_.size(); }
    void answer_one() {
        asio::post(io_, std::move(waiting_.front()));
        waiting_.pop_front();
    }

    bool is_slow{};

private:
    template <class R, class F, class Token> auto later(F f, Token t) {
        const auto start = [this, f](auto handler) {
            const auto told = std::make_shared<decltype(handler)>(std::move(handler));
            std::function<void()> turn = [f, told] { std::move (*told)(f()); };
            if (is_slow) waiting_.push_back(std::move(turn));
            else asio::post(io_, std::move(turn));
        };
        return asio::async_initiate<Token, void(R)>(start, t);
    }

    asio::io_context& io_;
    memory_token_store inner_;
    std::deque<std::function<void()>> waiting_;
};

static_assert(awaitable_token_store<slow_store> && callback_token_store<slow_store>);

// The service and a store, with a loop and a clock.
struct office {
    result<http::response> answer(const http::request& r) {
        return service.handle(r, clock.now().wall).response;
    }
    std::uint64_t grants() const { return service.calls<auth::stable_token>(); }

    // All that can be done without the store's answer.
    void turn() {
        io.restart();
        io.poll();
    }

    asio::io_context io{};
    testing::virtual_clock clock{wall_time(1'767'225'600s)};
    testing::platform service{};
    slow_store store{io, [this] { return clock.now().steady; }};
};

struct awaitable_way {
    template <class T> using task = asio::awaitable<T>;
    office* o;

    instant now() const { return o->clock.now(); }
    task<result<http::response>> send(const http::request& r) {
        co_await asio::post(o->io, asio::use_awaitable);
        co_return o->answer(r);
    }
};

struct callback_way {
    office* o;

    instant now() const { return o->clock.now(); }
    void send(const http::request& r, std::function<void(result<http::response>)> told) {
        asio::post(o->io, [this, &r, told]() mutable { told(o->answer(r)); });
    }
    void wait_until(time_point, std::function<void()> told) { never.push_back(std::move(told)); }

    std::deque<std::function<void()>> never{};
};

// So many calls at a time; `ended` counts the good ones.
template <class Way> void call(client<Way, token_policy<slow_store>>& c, office& o, int count, int& ended) {
    const auto told = [&ended](const auto& r) { ended += r.has_value(); };
    for (int i = 0; i != count; ++i) {
        const draft::count op{};
        if constexpr (callback_transport<Way>) c(op, told);
        else asio::co_spawn(o.io, c(op), [told](std::exception_ptr, const auto& r) { told(r); });
    }
    o.turn();
}

template <class Way> void nobody_else_waits() {
    office o;
    o.service.add_account("wx1", secret("s1"));
    const auth::stable_token grant{.appid = "wx1", .secret = secret("s1")};
    client c(Way{&o}, options(), token_policy(o.store, grant));
    int first = 0, others = 0;
    call(c, o, 1, first);
    BOOST_TEST(first == 1);

    o.clock.advance(7'000s);  // due, and valid for 200 s
    o.store.is_slow = true;
    call(c, o, 1, first);
    BOOST_TEST(first == 1);  // it looks after the token
    int answers = 0;
    for (; o.store.waiting() != 0; ++answers) {
        BOOST_TEST(o.store.waiting() == 1u);
        others = 0;
        call(c, o, 20, others);
        BOOST_TEST(others == 20);
        BOOST_TEST(o.store.waiting() == 1u);
        BOOST_TEST(first == 1);
        o.store.answer_one();
        o.turn();
    }
    BOOST_TEST(answers == 5);  // load, lease, load, commit, release
    BOOST_TEST(first == 2);
    BOOST_TEST(o.grants() == 2u);
}

BOOST_AUTO_TEST_CASE(no_other_coroutine_waits_for_it) { nobody_else_waits<awaitable_way>(); }

BOOST_AUTO_TEST_CASE(no_other_handler_waits_for_it) { nobody_else_waits<callback_way>(); }

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
