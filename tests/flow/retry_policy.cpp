// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/openapi/clear_quota.hpp>
#include <wxmp/api/publish/submit.hpp>
#include <wxmp/flow/call.hpp>
#include <wxmp/flow/detail/calendar.hpp>
#include <wxmp/flow/with_policies.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/transport/drive.hpp>
#include <wxmp/transport/token_policy.hpp>

#include <boost/test/unit_test.hpp>

#include "at_once.hpp"
#include "token_world.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_retry_policy)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using testing::scripted_transport;
using wxmp_test::at;
using wxmp_test::burst;
using wxmp_test::numbered_request;
using wxmp_test::stepper;

// 2026-01-01 12:00:20.5 in Beijing.
constexpr time_point begin{1'767'240'020'500ms};

const std::string good = R"({"total_count":3})";

std::string refusal(int code) { return R"({"errcode":)" + std::to_string(code) + R"(,"errmsg":"no"})"; }

// How much of each pause is left to chance: the whole of it where n is 0.
options with_random(std::uint64_t n) {
    options o;
    o.random = [n] { return n; };
    return o;
}

constexpr std::uint64_t most = ~std::uint64_t{0};  // no pause

// What a service answers, one request after the other; its last line is repeated. Notes when it was asked.
struct script {
    std::vector<result<http::response>> lines{};
    std::vector<time_point> asked{};
    std::vector<std::string> bodies{};

    result<http::response> operator()(const http::request& r, time_point now) {
        asked.push_back(now);
        bodies.push_back(r.body.text());
        return lines[std::min(asked.size(), lines.size()) - 1];
    }
    script& reply(std::string body, int status = 200) {
        lines.emplace_back(http::response{status, {}, std::move(body)});
        return *this;
    }
    script& fail(errc e) {
        lines.emplace_back(error(e));
        return *this;
    }
    std::vector<std::int64_t> seconds() const {
        std::vector<std::int64_t> all;
        for (const auto t : asked) all.push_back((t - begin) / 1s);
        return all;
    }
};

template <flow F>
result<typename F::value_type> run_flow(script& s, F f, const retry_policy& policy = {},
                                        std::uint64_t random = most) {
    auto now = begin;
    const auto o = with_random(random);
    return stepper(with_policies(std::move(f), {.retry = &policy}, o)).run(std::ref(s), now);
}

template <operation Op>
result<typename Op::response> run(script& s, Op op, const retry_policy& policy = {},
                                  std::uint64_t random = most) {
    return run_flow(s, call(std::move(op)), policy, random);
}

const draft::count safe{};
const openapi::clear_quota once{"wx1"};

BOOST_AUTO_TEST_CASE(passes_a_good_answer_on) {
    script s;
    BOOST_TEST(run(s.reply(good), safe).value().total_count == 3);
    BOOST_TEST(s.asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(repeats_what_is_safe_to_repeat_after_an_unknown_outcome) {
    for (const auto e : {errc::timeout, errc::connection_lost, errc::connect_failed}) {
        script s;
        BOOST_TEST(run(s.fail(e).reply(good), safe).has_value());
        BOOST_TEST(s.asked.size() == 2u);
    }
    for (const int status : {500, 502, 599}) {
        script s;
        BOOST_TEST(run(s.reply("<html>", status).reply(good), safe).has_value());
    }
    script s;
    BOOST_TEST(run(s.reply(refusal(-1)).reply(good), safe).has_value());
}

BOOST_AUTO_TEST_CASE(never_repeats_what_may_have_been_carried_out) {
    for (const auto e : {errc::timeout, errc::connection_lost, errc::stale_connection}) {
        script s;
        BOOST_CHECK(run(s.fail(e), once).error() == e);
        BOOST_TEST(s.asked.size() == 1u);
    }
    for (const auto& line : {refusal(-1), std::string("<html>")}) {
        script s;
        BOOST_TEST(run(s.reply(line, 503), once).has_error());
        BOOST_TEST(s.asked.size() == 1u);
    }
    script s;
    BOOST_TEST(run(s.fail(errc::connect_failed).reply(refusal(0)), once).has_value());  // nothing was sent
    BOOST_TEST(s.asked.size() == 2u);
}

BOOST_AUTO_TEST_CASE(passes_on_what_would_fail_again) {
    for (const int code : {40001, 42001, 40014, 40013, 48001, 45009, 53404, 123456}) {
        script s;
        BOOST_TEST(run(s.reply(refusal(code)), safe).error().api_code() == code);
        BOOST_TEST(s.asked.size() == 1u);
    }
    for (const int status : {301, 404, 412, 429}) {
        script s;
        BOOST_TEST(run(s.reply("", status), safe).error().http_status() == status);
        BOOST_TEST(s.asked.size() == 1u);
    }
    for (const auto e : {errc::too_large, errc::cancelled, errc::source_failed, errc::unexpected_event}) {
        script s;
        BOOST_CHECK(run(s.fail(e), safe).error() == e);
        BOOST_TEST(s.asked.size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(pauses_grow_and_are_random_down_to_nothing) {
    script none, all;
    none.reply(refusal(-1));
    all.reply(refusal(-1));
    const retry_policy policy{.pauses = {.tries = 9, .longest = 20s, .jitter = 1}};
    BOOST_TEST(run(none, safe, policy, most).error().api_code() == -1);
    BOOST_TEST(none.seconds() == std::vector<std::int64_t>(9, 0), boost::test_tools::per_element());
    BOOST_TEST(run(all, safe, policy, 0).error().api_code() == -1);
    BOOST_TEST(all.seconds() == (std::vector<std::int64_t>{0, 1, 3, 7, 15, 31, 51, 71, 91}),
               boost::test_tools::per_element());
    BOOST_TEST(run(all, safe, policy, most / 2).error().api_code() == -1);
    BOOST_CHECK(all.asked.back() - begin > 45s && all.asked.back() - begin < 46s);
}

BOOST_AUTO_TEST_CASE(stops_after_so_many_tries_and_so_much_time) {
    script s;
    s.fail(errc::connect_failed);
    BOOST_CHECK(run(s, once, {.pauses = {.tries = 3}}).error() == errc::connect_failed);
    BOOST_TEST(s.asked.size() == 3u);
    script one;
    BOOST_TEST(run(one.fail(errc::timeout), safe, {.pauses = {.tries = 1}}).has_error());
    BOOST_TEST(one.asked.size() == 1u);
    // 10 s for each pause, and 25 s in all.
    const backoff slow{.tries = 0, .first = 10s, .longest = 10s, .total = 25s};
    script some;
    BOOST_TEST(run(some.fail(errc::timeout), safe, {.pauses = slow}).has_error());
    BOOST_TEST(some.seconds() == (std::vector<std::int64_t>{0, 10, 20}), boost::test_tools::per_element());
    script no_time;
    BOOST_TEST(run(no_time.fail(errc::timeout), safe, {.pauses = {.total = 0s}}).has_error());
    BOOST_TEST(no_time.asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_time_of_the_first_try_counts) {
    for (const auto taken : {20s, 30s}) {
        const retry_policy policy{.pauses = {.tries = 0, .first = 1s, .longest = 1s, .total = 25s}};
        const auto o = with_random(most);
        stepper first{with_policies(call(safe), {.retry = &policy}, o)};
        while (first.out().empty()) BOOST_REQUIRE(first.ask(begin));
        script s;
        first.answer(std::ref(s.fail(errc::timeout)), begin + taken);
        (void)first.ask(begin + taken);
        BOOST_TEST(first.outcome().has_value() == (taken == 30s));
    }
}

BOOST_AUTO_TEST_CASE(without_limits_it_goes_on) {
    script s;
    for (int i = 0; i != 300; ++i) s.fail(errc::timeout);
    const backoff endless{.tries = 0, .longest = 24h, .total = std::chrono::milliseconds::max()};
    BOOST_TEST(run(s.reply(good), safe, {.pauses = endless}).has_value());
    BOOST_TEST(s.asked.size() == 301u);
}

BOOST_AUTO_TEST_CASE(sends_the_same_body_from_its_beginning) {
    script s;
    for (int i = 0; i != 4; ++i) s.fail(errc::connect_failed);
    BOOST_TEST(run(s.reply(R"({"errcode":0,"publish_id":"1"})"), publish::submit{"media"}).has_value());
    BOOST_TEST(s.bodies == std::vector<std::string>(5, s.bodies[0]), boost::test_tools::per_element());
    BOOST_TEST(s.bodies[0].find("media") != std::string::npos);

    struct source {
        std::string bytes = std::string(100'000, 'x');
        std::uint64_t size() const { return bytes.size(); }
        std::size_t read_at(std::uint64_t at, void* out, std::size_t n) const {
            return bytes.copy(static_cast<char*>(out), n, static_cast<std::size_t>(at));
        }
    } const from;
    http::request r;
    r.body = http::body("head");
    r.body.append_slice(from, 1, 99'000);
    script again;
    again.fail(errc::connect_failed).reply("x");
    BOOST_TEST(run_flow(again, burst({{3, r}})).value()[0] == "+x");
    BOOST_TEST((again.bodies == std::vector<std::string>(2, "head" + std::string(99'000, 'x'))));
}

// ---- Limits

BOOST_AUTO_TEST_CASE(waits_for_the_next_minute) {
    for (const auto& op : {0, 1}) {
        script s;
        s.reply(refusal(45011)).reply(R"({"errcode":0,"total_count":1})");
        if (op == 0) BOOST_TEST(run(s, safe, {}, 0).has_value());
        else BOOST_TEST(run(s, once, {}, 0).has_value());  // it was not carried out
        BOOST_TEST(s.asked.size() == 2u);
        BOOST_CHECK(s.asked[1] == begin + 39'500ms);
    }
    script later;
    BOOST_TEST(run(later.reply(refusal(45011)).reply(good), safe, {}, most / 10 * 7).has_value());
    BOOST_CHECK(later.asked[1] - (begin + 39'500ms + 700ms) <= 1ms);
    BOOST_CHECK(later.asked[1] > begin + 39'500ms + 690ms);
    script never;
    BOOST_TEST(run(never.reply(refusal(45011)), safe, {.rate = at_limit::fail}).error().api_code() == 45011);
    BOOST_TEST(never.asked.size() == 1u);
    script and_on;  // the wait took none of the time for other tries
    and_on.reply(refusal(45011)).fail(errc::timeout).reply(good);
    BOOST_TEST(run(and_on, safe, {.pauses = {.total = 10s}}).has_value());
    script always;
    BOOST_TEST(run(always.reply(refusal(45011)), safe, {.pauses = {.tries = 4, .total = 1s}}, 0)
                   .error()
                   .api_code() == 45011);
    BOOST_TEST(always.seconds() == (std::vector<std::int64_t>{0, 39, 99, 159}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(waits_for_midnight_in_beijing_if_told_to) {
    script s;
    BOOST_TEST(run(s.reply(refusal(45009)).reply(good), safe, {.day = at_limit::wait}, 0).has_value());
    BOOST_CHECK(s.asked[1] == begin + 12h - 20'500ms);
    script fails;
    BOOST_TEST(run(fails.reply(refusal(45009)), safe).error().api_code() == 45009);
    BOOST_TEST(fails.asked.size() == 1u);
    // A locked address is not an allowance.
    script locked;
    BOOST_TEST(run(locked.reply(refusal(89506)), safe, {.day = at_limit::wait}).has_error());
    BOOST_TEST(locked.asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(midnight_and_minute_at_their_borders) {
    using detail::next_beijing_day;
    using detail::next_minute;
    constexpr wall_time midnight{1'767'283'200'000ms};  // 2026-01-02 00:00 in Beijing
    BOOST_CHECK(next_beijing_day(midnight - 1ms) == midnight);
    BOOST_CHECK(next_beijing_day(midnight) == midnight + 24h);
    BOOST_CHECK(next_beijing_day(midnight - 24h) == midnight);
    BOOST_CHECK(next_minute(midnight - 1ms) == midnight);
    BOOST_CHECK(next_minute(midnight) == midnight + 1min);
}

// ---- Kept connections

BOOST_AUTO_TEST_CASE(sends_at_once_and_once_when_a_kept_connection_was_closed) {
    script s;
    BOOST_TEST(run(s.fail(errc::stale_connection).reply(good), safe, {.pauses = {.tries = 1}}).has_value());
    BOOST_TEST(s.seconds() == (std::vector<std::int64_t>{0, 0}), boost::test_tools::per_element());
    script twice;
    twice.fail(errc::stale_connection).fail(errc::stale_connection).reply(good);
    BOOST_CHECK(run(twice, safe, {.pauses = {.tries = 1}}).error() == errc::stale_connection);
    BOOST_TEST(twice.asked.size() == 2u);
    script no_try;  // it uses up none
    no_try.fail(errc::stale_connection).fail(errc::timeout).reply(good);
    BOOST_TEST(run(no_try, safe, {.pauses = {.tries = 2}}).has_value());
    script told;
    told.fail(errc::stale_connection).reply(refusal(0));
    BOOST_TEST(run(told, once, {.resend_stale = true}).has_value());
    script still;
    still.fail(errc::stale_connection).fail(errc::stale_connection);
    BOOST_TEST(run(still, once, {.resend_stale = true}).has_error());
    BOOST_TEST(still.asked.size() == 2u);
}

// ---- Sinks, several at once, ends

BOOST_AUTO_TEST_CASE(sends_again_as_long_as_a_sink_has_seen_nothing) {
    std::string got;
    http::request r;
    r.idempotent = true;
    r.sink = [&](const auto&, std::string_view bytes) { return got += bytes, true; };
    scripted_transport t;
    t.in_pieces_of(3).fail(error(errc::timeout)).reply("no", 500).reply(refusal(-1)).reply("the file");
    const retry_policy policy;
    const auto o = with_random(most);
    no_token_store none;
    BOOST_TEST(drive(t, none, with_policies(burst({{1, r}}), {.retry = &policy}, o)).value()[0] == "+");
    BOOST_TEST(got == "the file");

    got.clear();
    script s;
    s.reply(good);
    auto now = begin;
    const auto break_off = [&](const http::request& q, time_point) -> result<http::response> {
        static_cast<void>(q.sink({200, {}, {}}, "the "));
        s.asked.push_back(now);
        return error(errc::connection_lost);
    };
    const auto told =
        stepper(with_policies(burst({{1, r}}), {.retry = &policy}, o)).run(break_off, now).value();
    BOOST_TEST(told[0] == '-' + error(errc::connection_lost).message());
    BOOST_TEST(got == "the ");
    BOOST_TEST(s.asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(each_request_has_its_own_tries) {
    std::vector<numbered_request> many;
    for (flows::request_id i = 0; i != 9; ++i) {
        http::request r;
        r.safe_target = std::to_string(i);
        r.idempotent = true;
        many.push_back({i, std::move(r)});
    }
    std::vector<int> tried(9);
    const auto serve = [&](const http::request& r, time_point) -> result<http::response> {
        const auto i = static_cast<std::size_t>(r.safe_target[0] - '0');
        if (++tried[i] <= static_cast<int>(i % 5)) return error(errc::timeout);
        return http::response{200, {}, r.safe_target};
    };
    auto now = begin;
    const retry_policy policy;
    const auto o = with_random(most);
    const auto got = stepper(with_policies(burst(many), {.retry = &policy}, o))
                         .run(serve, now, {}, stepper<burst>::last)
                         .value();
    for (std::size_t i = 0; i != 9; ++i) {
        BOOST_TEST(got[i] == '+' + std::to_string(i));
        BOOST_TEST(tried[i] == static_cast<int>(i % 5) + 1);
    }
}

BOOST_AUTO_TEST_CASE(is_cancelled_at_any_step) {
    for (int steps = 0; steps != 8; ++steps) {
        script s;
        s.fail(errc::timeout).reply(refusal(45011)).reply(good);
        auto now = begin;
        const retry_policy policy;
        const auto o = with_random(0);
        stepper run(with_policies(call<draft::count>(safe), {.retry = &policy}, o));
        for (int i = 0; i != steps && !run.outcome(); ++i) {
            if (run.ask(now)) continue;
            if (!run.out().empty()) run.answer(std::ref(s), now);
            else if (i % 2 == 0) now = run.wake();
        }
        if (run.outcome()) continue;
        run.flow().cancel();
        const auto asked = s.asked.size();
        BOOST_CHECK(run.run(std::ref(s), now).error() == errc::cancelled);
        BOOST_TEST(s.asked.size() <= asked + 1);  // what was out is answered, and nothing more is sent
        BOOST_CHECK(now < begin + 1h);
    }
}

BOOST_AUTO_TEST_CASE(what_it_did_not_ask_for_is_for_the_inner_flow) {
    script s;
    s.reply(good);
    auto now = begin;
    const retry_policy policy;
    const options o;
    stepper run(with_policies(call<draft::count>(safe), {.retry = &policy}, o));
    run.ask(now);
    run.flow().on(flows::answered{99, {}, {}}, at(now));
    BOOST_CHECK(run.run(std::ref(s), now).error() == errc::unexpected_event);
}

// The flow below would take the second outcome for its own, and end the request that waits for its next try.
BOOST_AUTO_TEST_CASE(a_second_outcome_while_it_waits_is_unexpected) {
    for (const bool is_answered : {false, true}) {
        script s;
        s.fail(errc::timeout).reply(good);
        auto now = begin;
        const retry_policy policy;
        const auto o = with_random(0);
        stepper run(with_policies(call<draft::count>(safe), {.retry = &policy}, o));
        BOOST_REQUIRE(run.ask(now));
        const auto id = run.out().at(0).id;
        run.answer(std::ref(s), now);
        BOOST_REQUIRE(!run.ask(now));
        if (is_answered) run.flow().on(flows::answered{id, {200, {}, good}, {}}, at(now));
        else run.flow().on(flows::failed{id, error(errc::timeout)}, at(now));
        BOOST_CHECK(run.run(std::ref(s), now).error() == errc::unexpected_event);
        BOOST_TEST(s.asked.size() == 1);
    }
}

// ---- With a token policy: the token calls are repeated too, and a refused token is not

BOOST_AUTO_TEST_CASE(repeats_token_calls_too) {
    const std::string token = R"({"access_token":"CANARY","expires_in":7200})";
    scripted_transport t;
    t.fail(error(errc::timeout)).reply(token);                            // the token
    t.fail(error(errc::connection_lost)).reply(refusal(42001));           // the call
    t.reply(refusal(45011)).reply(token).reply(refusal(-1)).reply(good);  // another token, and the call
    wxmp_test::logged_store store([&] { return t.now().steady; });
    const token_policy tokens(store, wxmp_test::stable());
    const retry_policy policy;
    const auto o = with_random(most);
    auto flow = with_policies(call<draft::count>(safe), {.retry = &policy, .token = tokens.provider()}, o);
    BOOST_TEST(drive(t, store, std::move(flow)).value().total_count == 3);
    BOOST_TEST(t.left() == 0u);
    BOOST_TEST(store.committed.size() == 2u);
}

// A refused token is the service's word that the request was not carried out: it has all its tries again.
BOOST_AUTO_TEST_CASE(a_new_token_brings_new_tries) {
    const std::string token = R"({"access_token":"CANARY","expires_in":7200})";
    scripted_transport t;
    t.reply(token).fail(error(errc::timeout)).reply(refusal(42001));
    t.reply(token).fail(error(errc::timeout)).reply(good);
    memory_token_store store([&] { return t.now().steady; });
    const token_policy tokens(store, wxmp_test::stable());
    const retry_policy twice{.pauses = {.tries = 2}};
    const auto o = with_random(most);
    auto flow = with_policies(call<draft::count>(safe), {.retry = &twice, .token = tokens.provider()}, o);
    BOOST_TEST(drive(t, store, std::move(flow)).has_value());
}

BOOST_AUTO_TEST_CASE(a_store_that_comes_back_in_time_is_no_error) {
    const std::string token = R"({"access_token":"CANARY","expires_in":7200})";
    scripted_transport t;
    t.reply(token).reply(good);
    wxmp_test::logged_store store([&] { return t.now().steady; });
    const token_policy tokens(store, wxmp_test::stable());
    const retry_policy policy;
    options o;
    o.random = [&] { return store.down = store.loads < 3, std::uint64_t{0}; };
    store.down = true;
    auto flow = with_policies(call<draft::count>(safe), {.retry = &policy, .token = tokens.provider()}, o);
    BOOST_TEST(drive(t, store, std::move(flow)).has_value());
    BOOST_TEST(store.loads >= 3);
}

BOOST_AUTO_TEST_CASE(tells_no_secret) {
    http::request r;
    r.target = secret("/x?access_token=CANARY");
    for (const auto& line : {refusal(45009), refusal(-1)}) {
        script s;
        s.reply(line);
        const auto got = run_flow(s, burst({{1, r}})).value();
        BOOST_TEST(got[0].find("CANARY") == std::string::npos);
    }
    script s;
    BOOST_TEST(run_flow(s.fail(errc::connect_failed), burst({{1, r}})).value()[0] == "-cannot connect");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
