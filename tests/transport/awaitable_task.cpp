// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The same program in each style, and what a coroutine of the user's own has to know about lifetime and
// cancellation. Nothing of Asio: a task and a loop by hand, which is all that an awaitable transport needs.
#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/client.hpp>
#include <wxmp/testing/scripted_transport.hpp>

#include <boost/test/unit_test.hpp>

#include "task.hpp"
#include <functional>
#include <new>
#include <optional>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_awaitable_task)

namespace {

using wxmp::errc;
using wxmp::error;
using response = wxmp::result<wxmp::http::response>;
using wxmp::testing::scripted_transport;
using wxmp_test::event_loop;
using wxmp_test::task;

// ---- Transports over one script

class awaitable_transport {
public:
    template <class T> using task = wxmp_test::task<T>;

    awaitable_transport(event_loop& l, scripted_transport& s) : loop_(l), script_(s) {}

    task<response> send(const wxmp::http::request& r) {
        wxmp_test::turn its(loop_);
        co_await its;
        if (cancelled_) co_return error(errc::cancelled);
        co_return script_.send(r);
    }
    void cancel() { cancelled_ = true; }

private:
    event_loop& loop_;
    scripted_transport& script_;
    bool cancelled_{};
};

struct throwing {
    template <class T> using task = wxmp_test::task<T>;
    task<response> send(const wxmp::http::request&) {
        throw std::bad_alloc();
        co_return error(errc::unexpected_event);
    }
};

class callback_transport {
public:
    callback_transport(event_loop& l, scripted_transport& s) : loop_(l), script_(s) {}

    void send(const wxmp::http::request& r, std::function<void(response)> told) {
        loop_.turns.push_back(
            [this, &r, told] { told(cancelled_ ? error(errc::cancelled) : script_.send(r)); });
    }
    void cancel() { cancelled_ = true; }

private:
    event_loop& loop_;
    scripted_transport& script_;
    bool cancelled_{};
};

// ---- One program: a token, then the state of a video with it

using video_status = wxmp::upload_video::query_status;
using outcome = wxmp::result<video_status::response>;

wxmp::auth::token ask_token() { return {{}, "wx1", wxmp::secret("s")}; }
video_status ask_status() { return {"media"}; }

outcome run_blocking(wxmp::client<scripted_transport&>& client) {
    const auto grant = client(ask_token());
    if (!grant) return grant.error();
    client.access_token(grant->access_token);
    return client(ask_status());
}

// The operation is a variable of its own: g++ 12 destroys an aggregate temporary of a co_await twice.
task<outcome> run_awaitable(wxmp::client<awaitable_transport&>& client) {
    const auto first = ask_token();
    const auto grant = co_await client(first);
    if (!grant) co_return grant.error();
    client.access_token(grant->access_token);
    const auto second = ask_status();
    co_return co_await client(second);
}

void run_callback(wxmp::client<callback_transport&>& client, const std::function<void(outcome)>& told) {
    client(ask_token(), [&client, told](const auto& grant) {
        if (!grant) return told(grant.error());
        client.access_token(grant->access_token);
        client(ask_status(), told);
    });
}

task<outcome> keep(task<outcome> inner, std::optional<outcome>& kept) {
    kept = co_await inner;
    co_return *kept;
}

// What was asked, and what came of it, in words.
std::string tell(const outcome& o, const scripted_transport& script) {
    std::string text;
    for (const auto& r : script.sent()) text += r.target.reveal() + ' ';
    return text + (o ? o->vid.value() : o.error().message());
}

scripted_transport good_script() {
    return scripted_transport()
        .reply(R"({"access_token":"T","expires_in":7200})")
        .reply(R"({"ret":0,"status":3,"vid":"V"})");
}

std::string by_blocking(scripted_transport script) {
    wxmp::client<scripted_transport&> client(script);
    const auto o = run_blocking(client);
    return tell(o, script);
}

// `cancel_at`: before this turn of the loop.
std::string by_awaitable(scripted_transport script, int cancel_at = -1) {
    event_loop loop;
    awaitable_transport transport(loop, script);
    wxmp::client<awaitable_transport&> client(transport);
    std::optional<outcome> kept;
    auto all = keep(run_awaitable(client), kept);
    all.start();
    for (int turn = 0; !loop.turns.empty(); ++turn) {
        if (turn == cancel_at) transport.cancel();
        loop.step();
    }
    BOOST_TEST(all.is_over());
    return tell(kept.value(), script);
}

std::string by_callback(scripted_transport script, int cancel_at = -1) {
    event_loop loop;
    callback_transport transport(loop, script);
    wxmp::client<callback_transport&> client(transport);
    std::optional<outcome> kept;
    run_callback(client, [&](outcome o) { kept = std::move(o); });
    for (int turn = 0; !loop.turns.empty(); ++turn) {
        if (turn == cancel_at) transport.cancel();
        loop.step();
    }
    return tell(kept.value(), script);
}

BOOST_AUTO_TEST_CASE(each_style_does_the_same) {
    const auto expected = by_blocking(good_script());
    BOOST_TEST(expected.ends_with("access_token=T V"));
    BOOST_TEST(by_awaitable(good_script()) == expected);
    BOOST_TEST(by_callback(good_script()) == expected);
}

BOOST_AUTO_TEST_CASE(each_style_fails_alike) {
    const auto scripts = {scripted_transport().fail(error(errc::timeout)),
                          scripted_transport().reply(R"({"errcode":40013,"errmsg":"no"})"),
                          scripted_transport().reply("nonsense"),
                          scripted_transport()
                              .reply(R"({"access_token":"T","expires_in":7200})")
                              .fail(error(errc::connection_lost))};
    for (const auto& script : scripts) {
        const auto expected = by_blocking(script);
        BOOST_TEST(by_awaitable(script) == expected);
        BOOST_TEST(by_callback(script) == expected);
    }
}

BOOST_AUTO_TEST_CASE(may_be_cancelled_at_each_exchange) {
    for (const int turn : {0, 1}) {
        const auto said = by_awaitable(good_script(), turn);
        BOOST_TEST(said.ends_with("cancelled"));
        BOOST_TEST(by_callback(good_script(), turn) == said);
    }
    BOOST_TEST(by_awaitable(good_script(), 2).ends_with("V"));
}

// Dropping a task ends it: what it holds goes, and the transport resumes nobody.
BOOST_AUTO_TEST_CASE(may_be_dropped_at_each_exchange) {
    for (const int turns : {-1, 0, 1}) {
        auto script = good_script();
        event_loop loop;
        awaitable_transport transport(loop, script);
        wxmp::client<awaitable_transport&> client(transport);
        {
            auto all = run_awaitable(client);
            if (turns >= 0) all.start();
            for (int i = 0; i < turns; ++i) BOOST_TEST(loop.step());
            BOOST_TEST(!all.is_over());
        }
        while (loop.step()) {
        }
        BOOST_TEST(script.left() == (turns == 1 ? 1u : 2u));
    }
}

// A client may go on with another task afterwards, and have two under way.
BOOST_AUTO_TEST_CASE(has_two_tasks_under_way) {
    auto script = good_script();
    script.reply(R"({"access_token":"U","expires_in":7200})").reply(R"({"ret":0,"status":3,"vid":"W"})");
    event_loop loop;
    awaitable_transport transport(loop, script);
    wxmp::client<awaitable_transport&> client(transport);
    const auto op = ask_token();
    auto one = client(op);
    auto two = client(op);
    one.start(), two.start();
    BOOST_TEST(loop.turns.size() == 2u);
    while (loop.step()) {
    }
    BOOST_TEST((one.is_over() && two.is_over()));
    BOOST_TEST(one.await_resume()->access_token.reveal() == "T");
    BOOST_TEST(two.await_resume().has_error());  // the script's second line is not a token
}

BOOST_AUTO_TEST_CASE(lets_an_exception_through) {
    wxmp::client<throwing> client{throwing{}};
    const auto op = ask_token();
    auto all = client(op);
    all.start();
    BOOST_TEST_REQUIRE(all.is_over());
    BOOST_CHECK_THROW(static_cast<void>(all.await_resume()), std::bad_alloc);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
