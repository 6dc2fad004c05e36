// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/token.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/poll.hpp>
#include <wxmp/testing/scripted_transport.hpp>

#include <boost/test/unit_test.hpp>

#include "task.hpp"
#include <chrono>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace std::chrono_literals;
using wxmp::byte_source_ref;
using wxmp::errc;
using wxmp::error;
using wxmp::instant;
using wxmp::result;
using wxmp::time_point;
using response = result<wxmp::http::response>;

// ---- A flow that runs errands, so many at a time, and tells what came back and when

// Something to do; a request is lent to whoever does it.
struct errand {
    errand(wxmp::flows::action a, std::shared_ptr<wxmp::http::request> r = {})
        : what(std::move(a)), request(std::move(r)) {}
    template <class A>
        requires std::constructible_from<wxmp::flows::action, A> errand(A a)
            : errand(wxmp::flows::action(std::move(a))) {}

        wxmp::flows::action what;
        std::shared_ptr<wxmp::http::request> request;
};

class errands {
public:
    using value_type = std::string;

    explicit errands(std::deque<errand> todo, int at_once = 1) : todo_(std::move(todo)), at_once_(at_once) {}

    wxmp::flows::action next(instant now) {
        while (!todo_.empty() && is_over(todo_.front().what, now.steady)) todo_.pop_front();
        if (todo_.empty() && (fault_ || under_way_ == 0)) return wxmp::flows::done{};
        if (todo_.empty() || under_way_ == at_once_) return wxmp::flows::wait{time_point::max()};
        if (std::holds_alternative<wxmp::flows::wait>(todo_.front().what)) return todo_.front().what;
        auto x = std::move(todo_.front());
        todo_.pop_front();
        ++under_way_;
        if (x.request) lent_.push_back(std::move(x.request));
        return x.what;
    }

    void on(wxmp::flows::event e, instant now) {
        --under_way_;
        log_ += std::to_string(wxmp::flows::id_of(e)) + '=';
        if (const auto* f = std::get_if<wxmp::flows::failed>(&e)) fail(f->why);
        if (const auto* a = std::get_if<wxmp::flows::answered>(&e)) log_ += a->response.body;
        if (const auto* f = std::get_if<wxmp::flows::fetched>(&e))
            log_ += (f->lent.empty() ? "read " : "lent ") + std::string(f->bytes());
        log_ += '@' + std::to_string(now.steady.time_since_epoch().count()) + ' ';
    }

    void cancel() { fail(error(errc::cancelled)); }

    result<value_type> take() && {
        if (fault_) return *fault_;
        return std::move(log_);
    }

private:
    static bool is_over(const wxmp::flows::action& a, time_point now) {
        const auto* w = std::get_if<wxmp::flows::wait>(&a);
        return w && w->until <= now;
    }

    void fail(error e) {
        if (!fault_) fault_ = std::move(e);
        todo_.clear();
        under_way_ = 0;
    }

    std::deque<errand> todo_;
    int at_once_;
    int under_way_{};
    std::string log_;
    std::vector<std::shared_ptr<wxmp::http::request>> lent_;
    std::optional<error> fault_;
};

errand send_to(wxmp::flows::request_id id, std::string path = "/x", bool needs_token = true) {
    const auto r = std::make_shared<wxmp::http::request>();
    r->target = wxmp::secret(path);
    r->safe_target = path;
    r->needs_token = needs_token;
    r->idempotent = true;
    return {wxmp::flows::send{id, r.get()}, r};
}

instant at(time_point t) { return {t, wxmp::wall_time(t.time_since_epoch())}; }

wxmp::flows::wait wait_until(int ms) { return {time_point(std::chrono::milliseconds(ms))}; }

// A source that is not in memory.
struct read_only {
    std::string bytes;
    std::uint64_t size() const { return bytes.size(); }
    std::size_t read_at(std::uint64_t at, void* out, std::size_t size) const {
        return at < bytes.size() ? bytes.copy(static_cast<char*>(out), size, static_cast<std::size_t>(at))
                                 : 0;
    }
};

// A flow that looks at pieces of a source and keeps none, and a source that notes what was there.
class looks {
public:
    using value_type = int;

    wxmp::flows::action next(instant) {
        if (pieces_ == 3) return wxmp::flows::done{};
        return wxmp::flows::fetch{1, 0, std::size_t{3000} - pieces_};
    }
    void on(wxmp::flows::event&& e, instant) {
        if (std::holds_alternative<wxmp::flows::fetched>(e)) ++pieces_;
    }
    void on(const wxmp::flows::event& e, instant now) { on(wxmp::flows::event(e), now); }
    void cancel() {}
    result<int> take() && { return static_cast<int>(pieces_); }

private:
    std::size_t pieces_{};
};

// What is read again into the same buffer finds there what was read before.
struct noting : read_only {
    noting() : read_only{std::string(3000, 'x')} {}
    std::size_t read_at(std::uint64_t at, void* out, std::size_t size) const {
        found += *static_cast<const char*>(out);
        return read_only::read_at(at, out, size);
    }
    mutable std::string found;
};

const std::string only_the_first_was_new{"\0xx", 3};
const std::string token_answer = R"({"access_token":"T","expires_in":7200})";
const wxmp::auth::token token_call{{}, "wx1", wxmp::secret("s")};

// ---- Blocking

BOOST_AUTO_TEST_SUITE(transport_drive_blocking)

using client = wxmp::client<wxmp::testing::scripted_transport>;

BOOST_AUTO_TEST_CASE(makes_a_call) {
    wxmp::options o;
    o.host = "example.com";
    client c({}, o);
    c.next_layer().reply(token_answer);
    const auto r = c(token_call);
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(r->access_token.reveal() == "T");
    BOOST_TEST(c.next_layer().sent()[0].host == "example.com");
    BOOST_TEST(c.next_layer().sent()[0].target.reveal().find("access_token") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(returns_what_went_wrong) {
    client c(wxmp::testing::scripted_transport{});
    c.next_layer()
        .fail(error(errc::timeout))
        .fail(error(errc::cancelled))
        .reply(R"({"errcode":40013,"errmsg":"no"})");
    BOOST_TEST((c(token_call).error() == errc::timeout));
    BOOST_TEST((c(token_call).error() == errc::cancelled));
    BOOST_TEST(c(token_call).error().api_code() == 40013);
}

BOOST_AUTO_TEST_CASE(adds_the_token_where_one_is_needed) {
    client c(wxmp::testing::scripted_transport{});
    c.access_token(wxmp::secret("T&"));
    c.next_layer().reply("a").reply("b").reply("c");
    const auto r = c.run(errands({send_to(1, "/x"), send_to(2, "/y", false), send_to(3, "/z?a=b")}));
    BOOST_TEST(r.value() == "1=a@0 2=b@0 3=c@0 ");
    const auto& sent = c.next_layer().sent();
    BOOST_TEST(sent[0].target.reveal() == "/x?access_token=T%26");
    BOOST_TEST(sent[0].safe_target == "/x?access_token=***");
    BOOST_TEST(sent[1].target.reveal() == "/y");
    BOOST_TEST(sent[2].target.reveal() == "/z?a=b&access_token=T%26");
}

BOOST_AUTO_TEST_CASE(waits_by_the_clock_of_the_transport) {
    client c(wxmp::testing::scripted_transport{});
    c.next_layer().reply("a").reply("b");
    BOOST_TEST(
        c.run(errands({wait_until(5), send_to(1), wait_until(3), wait_until(70), send_to(2)})).value() ==
        "1=a@5 2=b@70 ");

    c.next_layer()
        .reply(R"({"ret":0,"status":0})")
        .reply(R"({"ret":0,"status":4})")
        .reply(R"({"ret":0,"status":3,"vid":"V"})");
    const auto video = c.run(wxmp::poll_video({"media"}));
    BOOST_TEST_REQUIRE(video.has_value());
    BOOST_TEST(video->vid.value() == "V");
    BOOST_TEST(c.next_layer().now().steady.time_since_epoch().count() == 70 + 1000 + 2000);
}

struct clockless {
    response send(const wxmp::http::request&) { return wxmp::http::response{200, {}, "a"}; }
};

BOOST_AUTO_TEST_CASE(sleeps_where_the_transport_has_no_clock) {
    wxmp::client c(clockless{});
    const auto until =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now()) + 20ms;
    BOOST_TEST(c.run(errands({wxmp::flows::wait{until}, send_to(1)})).has_value());
    BOOST_TEST((std::chrono::steady_clock::now() >= until));
}

BOOST_AUTO_TEST_CASE(reads_the_source) {
    client c(wxmp::testing::scripted_transport{});
    const wxmp::memory_source lent{"0123456789"};
    const read_only read{"0123456789"};
    const errands f({wxmp::flows::fetch{1, 0, 3}, wxmp::flows::fetch{2, 8, 2}});
    BOOST_TEST(c.run(f, {.source = lent}).value() == "1=lent 012@0 2=lent 89@0 ");
    BOOST_TEST(c.run(f, {.source = read}).value() == "1=read 012@0 2=read 89@0 ");
}

BOOST_AUTO_TEST_CASE(tells_that_the_source_failed) {
    client c(wxmp::testing::scripted_transport{});
    const wxmp::memory_source lent{"0123456789"};
    const read_only read{"0123456789"};
    const errands f({wxmp::flows::fetch{1, 8, 3}, send_to(2)});
    BOOST_TEST((c.run(f, {.source = lent}).error() == errc::source_failed));
    BOOST_TEST((c.run(f, {.source = read}).error() == errc::source_failed));
    BOOST_TEST((c.run(f).error() == errc::source_failed));
    BOOST_TEST(c.next_layer().sent().empty());
}

BOOST_AUTO_TEST_CASE(reads_into_one_buffer) {
    client c(wxmp::testing::scripted_transport{});
    const noting read;
    BOOST_TEST(c.run(looks(), {.source = read}).value() == 3);
    BOOST_TEST(read.found == only_the_first_was_new);
}

BOOST_AUTO_TEST_CASE(sends_nothing_for_a_cancelled_flow) {
    client c(wxmp::testing::scripted_transport{});
    errands f({send_to(1)});
    f.cancel();
    BOOST_TEST((c.run(std::move(f)).error() == errc::cancelled));
    BOOST_TEST(c.next_layer().sent().empty());
}

BOOST_AUTO_TEST_SUITE_END()

// ---- Awaitable

// Answers when the test says so.
struct parked_transport {
    template <class T> using task = wxmp_test::task<T>;

    struct parking {
        parked_transport& t;
        bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> h) { t.waiting = h; }
        void await_resume() {}
    };

    wxmp_test::task<response> send(const wxmp::http::request& r) {
        sent.push_back(r.target.reveal());
        parking p{*this};
        co_await p;
        co_return answer;
    }
    void reply(response r) {
        answer = std::move(r);
        std::exchange(waiting, {}).resume();
    }

    std::vector<std::string> sent{};
    response answer{error(errc::unexpected_event)};
    std::coroutine_handle<> waiting{};
};

struct parked_transport_with_clock : parked_transport {
    time_point time{};
    [[nodiscard]] instant now() const { return at(time); }
    wxmp_test::task<result<void>> wait_until(time_point t) {
        time = t;
        co_return result<void>();
    }
};

template <class T> T run(wxmp_test::task<T> t) {
    t.start();
    return t.outcome().value();
}

wxmp::http::response text(std::string s) { return {200, {}, std::move(s)}; }

BOOST_AUTO_TEST_SUITE(transport_drive_awaitable)

BOOST_AUTO_TEST_CASE(makes_a_call) {
    wxmp::client c(parked_transport{});
    auto task = c(token_call);
    BOOST_TEST(c.next_layer().sent.empty());
    task.start();
    BOOST_TEST(c.next_layer().sent.size() == 1u);
    BOOST_TEST(!task.outcome().has_value());
    c.next_layer().reply(text(token_answer));
    BOOST_TEST_REQUIRE(task.outcome().has_value());
    BOOST_TEST(task.outcome()->value().access_token.reveal() == "T");
}

BOOST_AUTO_TEST_CASE(makes_calls_from_a_coroutine) {
    wxmp::client c(parked_transport{});
    const auto both = [](wxmp::client<parked_transport>& client) -> wxmp_test::task<std::string> {
        const auto one = co_await client(token_call);
        const auto two = co_await client(token_call);
        co_return one.value().access_token.reveal() + two.error().message();
    };
    auto task = both(c);
    task.start();
    c.next_layer().reply(text(token_answer));
    c.next_layer().reply(error(errc::cancelled));
    BOOST_TEST(task.outcome().value() == "Tcancelled");
}

BOOST_AUTO_TEST_CASE(sends_one_after_the_other_with_the_token) {
    wxmp::client c(parked_transport_with_clock{});
    c.access_token(wxmp::secret("T"));
    auto task = c.run(errands({wait_until(5), send_to(1), wait_until(70), send_to(2)}));
    task.start();
    BOOST_TEST(c.next_layer().sent.size() == 1u);
    c.next_layer().reply(text("a"));
    BOOST_TEST(c.next_layer().sent.size() == 2u);
    c.next_layer().reply(text("b"));
    BOOST_TEST(task.outcome().value().value() == "1=a@5 2=b@70 ");
    BOOST_TEST(c.next_layer().sent[1] == "/x?access_token=T");
}

BOOST_AUTO_TEST_CASE(tells_that_the_transport_cannot_wait) {
    wxmp::client c(parked_transport{});
    const auto later = wxmp::flows::wait{time_point(std::chrono::hours(24 * 365 * 200))};
    BOOST_TEST((run(c.run(errands({later, send_to(1)}))).error() == errc::no_timer));
    BOOST_TEST(c.next_layer().sent.empty());
}

BOOST_AUTO_TEST_CASE(reads_the_source) {
    wxmp::client c(parked_transport_with_clock{});
    const wxmp::memory_source lent{"0123456789"};
    const read_only read{"0123456789"};
    BOOST_TEST(run(c.run(errands({wxmp::flows::fetch{1, 0, 3}}), {.source = lent})).value() ==
               "1=lent 012@0 ");
    BOOST_TEST(run(c.run(errands({wxmp::flows::fetch{1, 0, 3}}), {.source = read})).value() ==
               "1=read 012@0 ");
    BOOST_TEST((run(c.run(errands({wxmp::flows::fetch{1, 8, 3}, send_to(2)}), {.source = read})).error() ==
                errc::source_failed));
}

BOOST_AUTO_TEST_CASE(reads_into_one_buffer) {
    wxmp::client c(parked_transport_with_clock{});
    const noting read;
    BOOST_TEST(run(c.run(looks(), {.source = read})).value() == 3);
    BOOST_TEST(read.found == only_the_first_was_new);
}

BOOST_AUTO_TEST_CASE(ends_when_it_is_cancelled) {
    wxmp::client c(parked_transport_with_clock{});
    auto task = c.run(errands({send_to(1), send_to(2)}));
    task.start();
    c.next_layer().reply(error(errc::cancelled));
    BOOST_TEST((task.outcome().value().error() == errc::cancelled));
    BOOST_TEST(c.next_layer().sent.size() == 1u);
}

BOOST_AUTO_TEST_CASE(may_be_dropped_under_way) {
    wxmp::client c(parked_transport_with_clock{});
    {
        auto task = c.run(errands({send_to(1)}));
        task.start();
    }
    BOOST_TEST(c.next_layer().sent.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

// ---- Callback

// Answers at once, with the path.
struct inline_transport {
    void send(const wxmp::http::request& r, auto handler) {
        ++sent;
        handler(response(text(r.safe_target.substr(0, 2))));
    }
    int sent{};
};

// Answers when the test says so, in any order.
struct queued_transport {
    struct exchange {
        const wxmp::http::request* request;
        std::function<void(response)> handler;
    };
    void send(const wxmp::http::request& r, std::function<void(response)> h) {
        out.push_back({&r, std::move(h)});
    }

    // The request must still be there.
    void reply(std::size_t i, response r) {
        auto e = std::move(out.at(i));
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(i));
        BOOST_TEST(e.request->safe_target.starts_with("/x"));
        e.handler(std::move(r));
    }
    std::vector<exchange> out{};
};

struct queued_transport_with_clock : queued_transport {
    time_point time{};
    std::vector<std::function<void()>> timers{};

    [[nodiscard]] instant now() const { return at(time); }
    void wait_until(time_point t, std::function<void()> h) {
        timers.push_back([this, t, h = std::move(h)] {
            time = std::max(time, t);
            h();
        });
    }
    void fire() {
        for (auto& t : std::exchange(timers, {})) t();
    }
};

// A virtual clock that runs ahead at once.
struct inline_transport_with_clock : inline_transport {
    time_point time{};
    [[nodiscard]] instant now() const { return at(time); }
    void wait_until(time_point t, auto handler) {
        time = t;
        handler();
    }
};

// Keeps the result, and counts how often it came.
struct inbox {
    std::optional<result<std::string>> got{};
    int times{};
    auto handler() {
        return [this](result<std::string> r) {
            got = std::move(r);
            ++times;
        };
    }
};

BOOST_AUTO_TEST_SUITE(transport_drive_callback)

BOOST_AUTO_TEST_CASE(makes_a_call) {
    wxmp::client c(queued_transport{});
    std::string got;
    c(token_call, [&](result<wxmp::auth::token_grant> r) { got = r.value().access_token.reveal(); });
    BOOST_TEST(got.empty());
    BOOST_TEST(c.next_layer().out.size() == 1u);
    c.next_layer().out[0].handler(text(token_answer));
    BOOST_TEST(got == "T");
}

BOOST_AUTO_TEST_CASE(does_not_recurse_when_answered_at_once) {
    wxmp::client c(inline_transport_with_clock{});
    std::deque<errand> todo;
    for (wxmp::flows::request_id i = 0; i != 100'000; ++i) {
        todo.emplace_back(send_to(i));
        todo.emplace_back(wait_until(static_cast<int>(i)));
    }
    inbox in;
    c.run(errands(std::move(todo)), in.handler());
    BOOST_TEST(in.times == 1);
    BOOST_TEST(in.got.value().value().ends_with("99998=/x@99997 99999=/x@99998 "));
    BOOST_TEST(c.next_layer().sent == 100'000);
}

BOOST_AUTO_TEST_CASE(takes_answers_in_any_order) {
    wxmp::client c(queued_transport_with_clock{});
    c.access_token(wxmp::secret("T"));
    inbox in;
    c.run(errands({send_to(1), send_to(2), send_to(3), send_to(4)}, 3), in.handler());
    auto& t = c.next_layer();
    BOOST_TEST_REQUIRE(t.out.size() == 3u);
    BOOST_TEST(t.out[2].request->target.reveal() == "/x?access_token=T");
    t.reply(2, text("c"));
    BOOST_TEST_REQUIRE(t.out.size() == 3u);
    t.reply(0, text("a"));
    t.reply(1, text("d"));
    BOOST_TEST(in.times == 0);
    t.reply(0, text("b"));
    BOOST_TEST(in.times == 1);
    BOOST_TEST(in.got.value().value() == "3=c@0 1=a@0 4=d@0 2=b@0 ");
}

BOOST_AUTO_TEST_CASE(waits_by_the_timer_of_the_transport) {
    wxmp::client c(queued_transport_with_clock{});
    inbox in;
    c.run(errands({wait_until(5), send_to(1), wait_until(70), send_to(2)}, 2), in.handler());
    auto& t = c.next_layer();
    BOOST_TEST(t.out.empty());
    t.fire();
    BOOST_TEST(t.out.size() == 1u);
    t.fire();
    BOOST_TEST(t.out.size() == 2u);
    t.reply(1, text("b"));
    t.reply(0, text("a"));
    BOOST_TEST(in.got.value().value() == "2=b@70 1=a@70 ");
    t.fire();
    BOOST_TEST(in.times == 1);
}

BOOST_AUTO_TEST_CASE(tells_that_the_transport_cannot_wait) {
    wxmp::client c(inline_transport{});
    const auto later = wxmp::flows::wait{time_point(std::chrono::hours(24 * 365 * 200))};
    inbox in;
    c.run(errands({send_to(1), later, send_to(2)}), in.handler());
    BOOST_TEST_REQUIRE(in.times == 1);
    BOOST_TEST((in.got->error() == errc::no_timer));
    BOOST_TEST(c.next_layer().sent == 1);
}

BOOST_AUTO_TEST_CASE(reads_the_source) {
    wxmp::client c(inline_transport_with_clock{});
    const read_only read{"0123456789"};
    inbox in;
    c.run(errands({wxmp::flows::fetch{1, 2, 3}}), {.source = read}, in.handler());
    BOOST_TEST(in.got.value().value() == "1=read 234@0 ");
    c.run(errands({wxmp::flows::fetch{1, 8, 3}, send_to(2)}), {.source = read}, in.handler());
    BOOST_TEST((in.got->error() == errc::source_failed));
    BOOST_TEST(in.times == 2);
    BOOST_TEST(c.next_layer().sent == 0);
}

BOOST_AUTO_TEST_CASE(reads_into_one_buffer) {
    wxmp::client c(inline_transport_with_clock{});
    const noting read;
    int seen = 0;
    c.run(looks(), {.source = read}, [&seen](const result<int>& r) { seen = r.value(); });
    BOOST_TEST(seen == 3);
    BOOST_TEST(read.found == only_the_first_was_new);
}

BOOST_AUTO_TEST_CASE(tells_nothing_to_a_flow_that_has_ended) {
    wxmp::client c(queued_transport_with_clock{});
    inbox in;
    c.run(errands({send_to(1), send_to(2)}, 2), in.handler());
    c.next_layer().reply(0, error(errc::cancelled));
    BOOST_TEST_REQUIRE(in.times == 1);
    BOOST_TEST((in.got->error() == errc::cancelled));
    c.next_layer().reply(0, text("late"));
    BOOST_TEST(in.times == 1);
}

BOOST_AUTO_TEST_CASE(sends_nothing_for_a_cancelled_flow) {
    wxmp::client c(inline_transport{});
    errands f({send_to(1)});
    f.cancel();
    inbox in;
    c.run(std::move(f), in.handler());
    BOOST_TEST_REQUIRE(in.times == 1);
    BOOST_TEST((in.got->error() == errc::cancelled));
    BOOST_TEST(c.next_layer().sent == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
