// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/api/openapi/clear_quota.hpp>
#include <wxmp/flow/download.hpp>
#include <wxmp/flow/force_renewal.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/flow/with_token.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/transport/drive.hpp>

#include <boost/test/unit_test.hpp>

#include "at_once.hpp"
#include "logged_store.hpp"
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using wxmp_test::burst;
using wxmp_test::logged_store;
using wxmp_test::stepper;

constexpr time_point begin{500'000h};
const std::string app_secret = "CANARY-secret";
const std::string token_mark = "CANARY-token-";

auth::stable_token stable() { return {.appid = "wx1", .secret = secret(app_secret)}; }

options calm() {
    options o;
    o.random = [] { return std::uint64_t{0}; };
    return o;
}

std::string token_in(const http::request& r) {
    constexpr std::string_view mark = "access_token=";
    const auto& target = r.target.reveal();
    const auto at = target.find(mark);
    return at == target.npos ? std::string() : target.substr(at + mark.size());
}

// Gives out tokens and takes calls with those that are valid.
struct office {
    int issued{};
    std::set<std::string> valid{};
    int rejection = 42001;
    std::vector<std::string> asked{};   // the token of each call, or `grant`
    std::vector<std::string> bodies{};  // of the calls
    std::set<std::string> refused{};    // tokens that were rejected at least once
    std::chrono::seconds life = 7'200s;
    std::optional<result<http::response>> no_grant{};  // instead of a token

    std::string newest() const { return token_mark + std::to_string(issued); }

    result<http::response> operator()(const http::request& r, time_point) {
        if (r.target.reveal().find("token?") != std::string::npos || r.target.reveal().ends_with("token"))
            return grant();
        const auto token = token_in(r);
        asked.push_back(token);
        bodies.push_back(r.body.text());
        if (valid.contains(token)) return text(R"({"total_count":3,"for":")" + r.safe_target + "\"}");
        refused.insert(token);
        return text(R"({"errcode":)" + std::to_string(rejection) + R"(,"errmsg":"no rid: 1-2"})");
    }

    result<http::response> grant() {
        asked.push_back("grant");
        if (no_grant) return *no_grant;
        ++issued;
        valid.insert(newest());
        return text(R"({"access_token":")" + newest() + R"(","expires_in":)" + std::to_string(life.count()) +
                    "}");
    }

    static http::response text(std::string s) { return {200, {}, std::move(s)}; }

    int grants() const { return static_cast<int>(std::count(asked.begin(), asked.end(), "grant")); }
};

struct fixture {
    logged_store store{};
    office o{};
    time_point now = begin;

    template <flow F> auto wrap(F f, std::chrono::milliseconds patience = 90s) {
        return with_token(std::move(f), store, stable(), calm(), token_pace{.patience = patience});
    }
    template <flow F> auto steps(F f) { return stepper(wrap(std::move(f))); }
    auto serve() {
        return [this](const http::request& r, time_point t) { return o(r, t); };
    }
    template <flow F> auto run(F f) { return steps(std::move(f)).run(serve(), now); }
    auto count() { return run(call(draft::count{})); }
};

http::request plain_request(std::string target, bool needs_token = true, std::string body = {}) {
    http::request r;
    r.target = secret(target);
    r.safe_target = std::move(target);
    r.needs_token = needs_token;
    r.body = http::body(std::move(body));
    return r;
}

send to(request_id id, std::string target, bool needs_token = true) {
    return {id, plain_request(std::move(target), needs_token, "body of " + std::to_string(id))};
}

bool is_free(logged_store& s, time_point now) { return s.inner.try_lease(now, 1s).value().has_value(); }

BOOST_AUTO_TEST_SUITE(flow_with_token)

BOOST_AUTO_TEST_CASE(gets_a_token_once_for_all_who_share_the_store) {
    fixture f;
    for (int i = 0; i != 3; ++i) BOOST_TEST(f.count().value().total_count == 3);
    const std::vector<std::string> expected{"grant", f.o.newest(), f.o.newest(), f.o.newest()};
    BOOST_TEST(f.o.asked == expected, boost::test_tools::per_element());
    BOOST_TEST(is_free(f.store, f.now));
}

BOOST_AUTO_TEST_CASE(renews_before_the_end_so_that_nothing_is_refused) {
    fixture f;
    f.count().value();
    f.now += 6'899s;
    f.count().value();
    BOOST_TEST(f.o.grants() == 1);
    f.now += 1s;
    f.count().value();
    BOOST_TEST(f.o.grants() == 2);
    BOOST_TEST(f.store.load().value()->token.reveal() == f.o.newest());
    BOOST_TEST(f.o.refused.empty());
}

BOOST_AUTO_TEST_CASE(sends_a_refused_request_once_more_with_another_token) {
    for (const int code : {40001, 40014, 42001}) {
        fixture f;
        f.count().value();
        f.o.valid.clear();
        f.o.rejection = code;
        const auto former = f.o.newest();
        const auto answer = f.run(burst({to(7, "/a?b=c")})).value();
        BOOST_TEST(answer[0].starts_with("+{\"total_count\""));
        BOOST_TEST(answer[0].find("/a?b=c&access_token=***") != std::string::npos);
        const std::vector<std::string> expected{former, "grant", f.o.newest()};
        BOOST_TEST(std::vector(f.o.asked.end() - 3, f.o.asked.end()) == expected,
                   boost::test_tools::per_element());
        BOOST_TEST(f.o.bodies.back() == "body of 7");
        BOOST_TEST(f.o.bodies[f.o.bodies.size() - 2] == "body of 7");
    }
}

BOOST_AUTO_TEST_CASE(passes_the_second_answer_on_whatever_it_is) {
    fixture f;
    f.count().value();
    f.o.valid.clear();
    auto serve = [&](const http::request& r, time_point t) {
        auto answer = f.o(r, t);
        f.o.valid.clear();
        return answer;
    };
    const auto r = f.steps(call(draft::count{})).run(serve, f.now);
    BOOST_TEST(r.error().api_code() == 42001);
    BOOST_TEST(f.o.grants() == 2);
    BOOST_TEST(f.o.asked.size() == 5u);
}

BOOST_AUTO_TEST_CASE(asks_for_no_token_when_the_store_has_another_one) {
    fixture f;
    f.count().value();
    auto run = f.steps(call(draft::count{}));
    BOOST_REQUIRE(run.ask(f.now));
    BOOST_REQUIRE(run.out().size() == 1u);
    f.o.valid = {token_mark + "other"};
    BOOST_TEST(f.store.commit({secret(token_mark + "other"), 9, f.now + 2h, f.now + 1h}).value());
    BOOST_TEST(run.run(f.serve(), f.now).value().total_count == 3);
    BOOST_TEST(f.o.grants() == 1);
    BOOST_TEST(f.o.asked.back() == token_mark + "other");
}

BOOST_AUTO_TEST_CASE(leaves_other_answers_alone) {
    const std::string answers[] = {R"({"errcode":45009,"errmsg":"no"})",
                                   R"({"errcode":-1})",
                                   R"({"errcode":"40013"})",
                                   R"(["errcode",42001])",
                                   "errcode 42001",
                                   R"({"errcode":42001)",
                                   R"({"errcode":42001,"x":")" + std::string(5'000, 'x') + "\"}"};
    for (const auto& answer : answers) {
        fixture f;
        auto serve = [&](const http::request& r, time_point t) -> result<http::response> {
            return token_in(r).empty() ? f.o(r, t) : office::text(answer);
        };
        const auto got = f.steps(burst({to(1, "/x")})).run(serve, f.now).value();
        BOOST_TEST(got[0] == '+' + answer);
        BOOST_TEST(f.o.grants() == 1);
    }
}

BOOST_AUTO_TEST_CASE(lets_calls_without_a_token_pass) {
    fixture f;
    f.o.rejection = 40001;
    const auto r = f.run(call(auth::token{{}, "wx1", secret("s")}));
    BOOST_TEST(r.has_value());
    BOOST_TEST(f.store.loads == 0);
    f.o.no_grant = office::text(R"({"errcode":40001,"errmsg":"wrong secret"})");
    BOOST_TEST(f.run(call(auth::token{{}, "wx1", secret("s")})).error().api_code() == 40001);
    BOOST_TEST(f.o.asked.size() == 2u);
}

BOOST_AUTO_TEST_CASE(goes_on_without_the_store_while_the_token_is_valid) {
    fixture f;
    f.store.down = true;
    BOOST_CHECK(f.count().error() == errc::store_failed);
    BOOST_TEST(f.o.asked.empty());

    f.store.down = false;
    auto run = f.steps(burst({to(1, "/x"), to(2, "/x"), to(3, "/x")}));
    while (run.out().size() != 1) run.ask(f.now);
    run.answer(f.serve(), f.now);  // the token
    run.ask(f.now);
    f.store.down = true;
    f.now += 7'000s;  // time to renew
    const auto got = run.run(f.serve(), f.now).value();
    BOOST_TEST(std::all_of(got.begin(), got.end(), [](const auto& t) { return t[0] == '+'; }));
    BOOST_TEST(f.o.grants() == 1);
}

BOOST_AUTO_TEST_CASE(a_request_that_was_not_sent_never_has_an_unknown_outcome) {
    fixture f;
    f.o.no_grant = office::text(R"({"errcode":40164,"errmsg":"invalid ip"})");
    const openapi::clear_quota once{"wx1"};
    BOOST_TEST(f.run(call(once)).error().api_code() == 40164);
    for (const auto e : {errc::timeout, errc::connection_lost, errc::connect_failed}) {
        f.o.no_grant = error(e);
        const auto why = f.run(call(once)).error();
        BOOST_CHECK(why == errc::connect_failed);
        BOOST_CHECK(!(why == condition::outcome_unknown));
        BOOST_TEST(why.detail().starts_with("no access token: "));
    }
    f.o.no_grant = http::response{502, {}, "<html>"};
    BOOST_CHECK(f.run(call(once)).error() == errc::connect_failed);
    BOOST_TEST(f.o.bodies.empty());
    BOOST_TEST(is_free(f.store, f.now));
}

BOOST_AUTO_TEST_CASE(a_refusal_of_the_token_call_is_final) {
    for (const int code : {40001, 40125, 40013}) {
        fixture f;
        f.o.no_grant = office::text(R"({"errcode":)" + std::to_string(code) + R"(,"errmsg":"no"})");
        BOOST_TEST(f.count().error().api_code() == code);
        BOOST_TEST(f.o.asked.size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(waits_for_the_token_that_somebody_else_gets) {
    fixture f;
    BOOST_REQUIRE(f.store.try_lease(f.now, 60s).value());
    auto run = f.steps(call(draft::count{}));
    BOOST_TEST(!run.ask(f.now));
    BOOST_CHECK(run.wake() == f.now + 200ms);
    f.now += 5s;
    BOOST_TEST(f.store.commit({secret(token_mark + "1"), 1, f.now + 2h, f.now + 1h}).value());
    f.o.valid = {token_mark + "1"};
    BOOST_TEST(run.run(f.serve(), f.now).has_value());
    BOOST_TEST(f.o.grants() == 0);
}

BOOST_AUTO_TEST_CASE(gives_up_when_nobody_ever_gets_one) {
    fixture f;
    BOOST_REQUIRE(f.store.try_lease(f.now, 24h).value());
    const auto why = f.count().error();
    BOOST_CHECK(why == errc::connect_failed);
    BOOST_TEST(f.o.asked.empty());
    BOOST_CHECK(f.now - begin >= 90s);
    BOOST_CHECK(f.now - begin < 91s);
}

// ---- Several requests at once

BOOST_AUTO_TEST_CASE(one_renewal_serves_all_that_are_under_way) {
    for (const auto& pick : {stepper<burst>::first, stepper<burst>::last}) {
        fixture f;
        f.count().value();
        f.o.valid.clear();
        std::vector<send> many;
        for (request_id i = 0; i != 20; ++i) many.push_back(to(i, "/x" + std::to_string(i)));
        const auto got = f.steps(burst(many)).run(f.serve(), f.now, {}, pick).value();
        for (std::size_t i = 0; i != got.size(); ++i)
            BOOST_TEST(got[i].find("/x" + std::to_string(i) + "?") != std::string::npos);
        BOOST_TEST(f.o.grants() == 2);
        BOOST_TEST(f.o.asked.size() == 2u + 20 + 1 + 20);
        BOOST_TEST(f.store.committed.size() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(keeps_ids_of_any_value_apart) {
    fixture f;
    const auto most = ~request_id{0};
    const auto got = f.steps(burst({to(0, "/a"), to(1, "/b", false), to(most, "/c"), to(2, "/d"),
                                    to(most - 1, "/e", false)}))
                         .run(f.serve(), f.now, {}, stepper<burst>::last)
                         .value();
    for (const std::size_t i : {0u, 2u, 3u}) BOOST_TEST(got[i].starts_with("+{\"total"));
    BOOST_TEST(f.o.grants() == 1);
    BOOST_TEST(got[1].find("42001") != std::string::npos);  // without a token
}

BOOST_AUTO_TEST_CASE(uses_the_former_token_while_it_gets_a_new_one) {
    fixture f;
    f.count().value();
    f.now += 7'000s;
    auto run = f.steps(burst({to(1, "/x"), to(2, "/y")}));
    while (run.ask(f.now)) {
    }
    BOOST_TEST(run.out().size() == 3u);  // the renewal, and both requests
    const auto former = f.o.newest();
    run.answer(f.serve(), f.now, 2);
    run.answer(f.serve(), f.now, 1);
    BOOST_TEST(f.o.asked.back() == former);
    BOOST_TEST(!run.ask(f.now));  // the renewal is not given up
    BOOST_TEST(run.run(f.serve(), f.now).has_value());
    BOOST_TEST(f.store.load().value()->token.reveal() == f.o.newest());
    BOOST_TEST(f.o.refused.empty());
}

BOOST_AUTO_TEST_CASE(uses_the_former_token_while_somebody_else_gets_a_new_one) {
    fixture f;
    f.count().value();
    f.now += 7'000s;
    auto holder = f.steps(call(draft::count{}));
    BOOST_TEST(holder.ask(f.now));  // stalls
    f.count().value();
    f.count().value();
    BOOST_TEST(f.o.grants() == 1);
    BOOST_TEST(holder.run(f.serve(), f.now).has_value());
    BOOST_TEST(f.o.grants() == 2);
}

BOOST_AUTO_TEST_CASE(a_late_refusal_of_a_former_token_asks_for_nothing) {
    fixture f;
    f.count().value();
    auto run = f.steps(burst({to(1, "/x"), to(2, "/y")}));
    while (run.ask(f.now)) {
    }
    BOOST_TEST_REQUIRE(run.out().size() == 2u);
    f.o.valid.clear();
    run.answer(f.serve(), f.now, 0);
    while (run.ask(f.now)) {
    }
    run.answer(f.serve(), f.now, 1);  // the new token
    while (run.ask(f.now)) {
    }
    BOOST_TEST(run.run(f.serve(), f.now).value().size() == 2u);
    BOOST_TEST(f.o.grants() == 2);
    BOOST_TEST(f.o.refused.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_token_without_life_is_tried_once) {
    fixture f;
    f.o.life = 0s;
    BOOST_TEST(f.count().has_value());
    BOOST_TEST(f.o.asked.size() == 2u);
}

// ---- Other ways to get one

namespace central {

// A service of one's own that knows the token.
struct current_token {
    static constexpr endpoint at = get("/intern/token").without_token();
    using response = auth::token_grant;
};
BOOST_DESCRIBE_STRUCT(current_token, (), ())

}  // namespace central

BOOST_AUTO_TEST_CASE(takes_its_token_from_any_operation) {
    testing::scripted_transport t;
    t.reply(R"({"access_token":"A","expires_in":7200})").reply(R"({"total_count":1})");
    logged_store store;
    const with_token plain(call(draft::count{}), store, auth::token{{}, "wx1", secret("s")});
    BOOST_TEST(drive(t, plain, {}).has_value());
    BOOST_TEST(t.sent()[0].safe_target.starts_with("/cgi-bin/token?"));

    t.reply(R"({"access_token":"B","expires_in":7200})").reply(R"({"total_count":1})");
    logged_store another;
    options o;
    o.host = "example.com";
    const with_token own(call(draft::count{}), another, central::current_token{}, o);
    BOOST_TEST(drive(t, own, {}).has_value());
    BOOST_TEST(t.sent()[2].safe_target == "/intern/token");
    BOOST_TEST(t.sent()[2].host == "example.com");
    BOOST_TEST(token_in(t.sent()[3]) == "B");
}

BOOST_AUTO_TEST_CASE(forces_nothing_unless_told_to) {
    testing::platform p;
    auto& owner = p.add_account("wx1", secret(app_secret));
    testing::platform_transport t(p);
    logged_store store;
    const auto count = [&] { return drive(t, with_token(call(draft::count{}), store, stable()), {}); };
    count().value();
    const auto first = store.load().value()->token;
    owner.tokens.expire(first.reveal(), t.now());
    count().value();
    BOOST_TEST(owner.tokens.issued().size() == 2u);

    const auto forced = drive(t, force_renewal(store, stable()), {}).value();
    BOOST_TEST(owner.tokens.issued().size() == 3u);
    BOOST_CHECK(forced.token == owner.tokens.issued().back().text);
    BOOST_CHECK(store.load().value()->token == forced.token);
    BOOST_TEST(drive(t, force_renewal(store, stable()), {}).error().api_code() == 45011);  // too soon
    count().value();
    BOOST_TEST(owner.tokens.issued().size() == 3u);
    BOOST_TEST(is_free(store, t.now()));
}

BOOST_AUTO_TEST_CASE(a_forced_renewal_may_come_first_fail_or_be_cancelled) {
    fixture f;
    const auto first = stepper(force_renewal(f.store, stable())).run(f.serve(), f.now).value();
    BOOST_TEST(first.token.reveal() == f.o.newest());
    f.store.down = true;
    BOOST_CHECK(stepper(force_renewal(f.store, stable())).run(f.serve(), f.now).error() ==
                errc::store_failed);
    f.store.down = false;
    for (int steps = 0; steps != 3; ++steps) {
        stepper run(force_renewal(f.store, stable()));
        if (steps > 0) run.ask(f.now);
        if (steps > 1) run.answer(f.serve(), f.now);
        run.flow().cancel();
        BOOST_CHECK(run.run(f.serve(), f.now).error() == errc::cancelled);
        BOOST_TEST(is_free(f.store, f.now));
        f.now += 2s;
    }
}

// ---- Files and uploads

BOOST_AUTO_TEST_CASE(a_sink_sees_the_last_answer_only) {
    const std::string file(10'000, '{');
    const std::string json_file = R"({"no code":)" + std::string(100, ' ') + "1}";
    for (const auto& content : {file, json_file, std::string("{"), std::string(" \n"), std::string("GIF")})
        for (const std::size_t piece : {1u, 3u, 4'096u, 65'536u}) {
            testing::scripted_transport t;
            t.in_pieces_of(piece)
                .reply(R"({"access_token":"A","expires_in":7200})")
                .reply(R"( {"errcode":40001,"errmsg":"no"})")
                .reply(R"({"access_token":"B","expires_in":7200})")
                .reply(content);
            logged_store store;
            std::string got;
            const download fetch(material::get_material{"m"},
                                 [&](std::string_view b) { return got += b, true; });
            const auto r = drive(t, with_token(fetch, store, stable()), {});
            BOOST_TEST(r.has_value());
            BOOST_TEST((got == content));
            BOOST_TEST(t.sent().size() == 4u);
        }
}

BOOST_AUTO_TEST_CASE(a_sink_that_wants_no_more_ends_it) {
    testing::scripted_transport t;
    t.reply(R"({"access_token":"A","expires_in":7200})").reply("{");
    logged_store store;
    http::request r = plain_request("/x");
    r.sink = [](const auto&, std::string_view) { return false; };
    const auto got = drive(t, with_token(burst({{1, r}}), store, stable()), {}).value();
    BOOST_TEST(got[0] == '-' + error(errc::cancelled).message());
}

struct studio {
    explicit studio(std::chrono::seconds life = 7'200s) {
        p.rules().token_life = life;
        p.rules().token_overlap = 0s;
    }

    result<uploaded_video> upload_video_of(const std::string& bytes,
                                           std::function<std::size_t(std::size_t)> pick,
                                           std::chrono::milliseconds each = 0ms) {
        const memory_source source{bytes};
        upload_options how;
        how.block_size = 64;
        how.review = false;
        how.tries = 1;  // no help from there
        upload u("v.mp4", bytes.size(), {"title", "words", {}, false}, {}, how);
        const auto serve = [&](const http::request& r, time_point) -> result<http::response> {
            now += each;
            rejections += before(r);
            return p.handle(r, now).response;
        };
        return stepper(with_token(std::move(u), store, stable(), calm(), {.stable_early = 0s}))
            .run(serve, now, source, pick);
    }

    int before(const http::request& r) const {
        const auto token = token_in(r);
        return !token.empty() && owner.tokens.fault_of(token, now) != 0;
    }

    testing::platform p;
    testing::account& owner{p.add_account("wx1", secret(app_secret))};
    logged_store store;
    time_point now{std::chrono::seconds(1'767'240'000)};
    int rejections{};
};

BOOST_AUTO_TEST_CASE(an_upload_survives_the_end_of_its_token_at_any_request) {
    std::string bytes;
    testing::id_source ids(3);
    for (int i = 0; i != 10 * 64 + 7; ++i) bytes += static_cast<char>(ids.number());
    for (std::uint32_t nth = 1; nth <= 14; ++nth)  // init_upload, 11 blocks, upload_finish, save_video
        for (const auto& pick : {stepper<upload>::first, stepper<upload>::last}) {
            studio s;
            // The first call gets a token; the nth one after that finds it expired.
            s.p.inject({.call = {}, .nth = nth + 1, .what = testing::fault::expire_token{}});
            const auto r = s.upload_video_of(bytes, pick);
            BOOST_TEST_REQUIRE(r.has_value());
            BOOST_TEST_REQUIRE(s.owner.videos.videos().size() == 1u);
            BOOST_TEST((s.owner.videos.uploads().front().bytes() == bytes));
            BOOST_TEST(s.owner.tokens.issued().size() == 2u);
            BOOST_TEST(s.p.calls<auth::stable_token>() == 2u);
        }
}

BOOST_AUTO_TEST_CASE(an_upload_outlives_many_tokens) {
    const std::string bytes(40 * 64, 'x');
    studio s(20s);
    BOOST_TEST(s.upload_video_of(bytes, stepper<upload>::first, 3s).has_value());
    BOOST_TEST(s.owner.tokens.issued().size() >= 5u);
    // An answer takes a while here: asked for at what may be its end, the same token may come once more.
    BOOST_TEST(s.p.calls<auth::stable_token>() >= s.owner.tokens.issued().size());
    BOOST_TEST(s.p.calls<auth::stable_token>() <= 2 * s.owner.tokens.issued().size());
    BOOST_TEST(s.owner.videos.videos().size() == 1u);
}

// ---- Ends

BOOST_AUTO_TEST_CASE(is_cancelled_at_any_step) {
    for (int kind = 0; kind != 3; ++kind)
        for (int steps = 0; steps != 12; ++steps) {
            fixture f;
            if (kind > 0) f.count().value();
            if (kind > 1) f.o.valid.clear();
            auto run = f.steps(burst({to(1, "/x"), to(2, "/y")}));
            for (int i = 0; i != steps && !run.outcome(); ++i)
                if (!run.ask(f.now)) run.answer(f.serve(), f.now);
            if (run.outcome()) continue;
            run.flow().cancel();
            const auto asked = f.o.asked.size();
            BOOST_CHECK(run.run(f.serve(), f.now).error() == errc::cancelled);
            BOOST_TEST(f.o.asked.size() == asked);
            BOOST_TEST(is_free(f.store, f.now));
        }
}

// An upload waits for what is under way; what was not sent must not look as if it were.
BOOST_AUTO_TEST_CASE(a_cancelled_upload_drains_and_can_go_on) {
    const std::string bytes(5 * 64, 'x');
    const memory_source source{bytes};
    int ended = 0;
    for (int steps = 0; steps != 60; ++steps) {
        testing::platform p;
        p.add_account("wx1", secret(app_secret));
        p.inject({.call = {}, .nth = 5, .what = testing::fault::expire_token{}});
        logged_store store;
        time_point now{std::chrono::seconds(1'767'240'000)};
        upload_options how;
        how.block_size = 64;
        how.review = false;
        const auto serve = [&](const http::request& r, time_point t) -> result<http::response> {
            return p.handle(r, t).response;
        };
        stepper run(
            with_token(upload("v.mp4", bytes.size(), {"t", "w", {}, false}, {}, how), store, stable()));
        for (int i = 0; i != steps && !run.outcome(); ++i)
            if (!run.ask(now, source)) run.answer(serve, now);
        if (!run.outcome()) {
            run.flow().cancel();
            const auto r = run.run(serve, now, source);  // it may have been at its end
            BOOST_TEST((r.has_value() || r.error() == errc::cancelled));
            BOOST_TEST(is_free(store, now));
        }
        ended += run.outcome()->has_value();
        const auto& record = run.flow().inner().record();
        BOOST_CHECK(record.unanswered == unanswered_call::none);
        now += 2s;
        stepper again{with_token(upload(record, {}, how), store, stable())};
        BOOST_TEST(again.run(serve, now, source).has_value());
    }
    BOOST_TEST(ended > 0);
    BOOST_TEST(ended < 60);
}

BOOST_AUTO_TEST_CASE(what_it_did_not_ask_for_ends_it) {
    for (const bool is_grant : {false, true}) {
        fixture f;
        f.count().value();
        auto run = f.steps(call(draft::count{}));
        run.ask(f.now);
        run.flow().on(answered{is_grant ? 0u : 99u, {}}, f.now);
        BOOST_CHECK(run.run(f.serve(), f.now).error() == errc::unexpected_event);
    }
    fixture f;
    auto run = f.steps(call(draft::count{}));
    run.ask(f.now);
    run.flow().on(fetched{0, {}, "x"}, f.now);
    BOOST_CHECK(run.run(f.serve(), f.now).error() == errc::connect_failed);
    BOOST_TEST(is_free(f.store, f.now));
}

BOOST_AUTO_TEST_CASE(tells_no_secret) {
    std::string said;
    const auto note = [&](const auto& r) {
        if (r) return;
        said += r.error().message() + '\n' + r.error().detail() + '\n' + r.error().rid() + '\n';
        try {
            static_cast<void>(r.value());
        } catch (const std::exception& e) {
            (said += e.what()) += '\n';
        }
    };
    fixture f;
    f.count().value();
    for (const int code : {40001, 40014, 42001}) {
        f.o.rejection = code;
        auto run = f.steps(call(draft::count{}));
        note(run.run(
            [&](const http::request& r, time_point t) {
                f.o.valid.clear();
                return f.o(r, t);
            },
            f.now));
    }
    for (const auto e : {errc::timeout, errc::connection_lost, errc::connect_failed, errc::cancelled}) {
        f.o.no_grant = error(e);
        note(f.count());
        note(stepper(force_renewal(f.store, stable())).run(f.serve(), f.now));
    }
    for (const auto* answer : {"{}", "no", R"({"access_token":"CANARY-token-x"})", R"({"errcode":40125})"}) {
        f.o.no_grant = office::text(answer);
        note(f.count());
    }
    f.store.down = true;
    note(f.count());
    auto run = f.steps(call(draft::count{}));
    run.flow().cancel();
    note(run.run(f.serve(), f.now));
    BOOST_TEST(std::count(said.begin(), said.end(), '\n') > 40);
    BOOST_TEST(said.find("CANARY") == std::string::npos);
}

// ---- Every order of events

// A service whose newest token may be revoked, and three clients that share a store. Each move is a step of one
// client, a stall past the lease, or a revocation. All are then run to their end.
struct schedule_outcome {
    bool right = true;
    int grants{};
};

enum class haste { answers_first, asks_first };

schedule_outcome play(unsigned schedule, int moves, bool is_due, haste how) {
    constexpr unsigned kinds = 5;
    fixture f;
    f.o.issued = 1;
    f.o.valid = {f.o.newest()};
    static_cast<void>(f.store.inner.try_lease(f.now, 0ms));
    static_cast<void>(f.store.inner.commit({secret(f.o.newest()), 1, f.now + 7'200s, f.now + 6'900s}));
    if (is_due) f.now += 6'950s;

    const auto once = [&] {
        return stepper(with_token(burst({to(7, "/x")}), f.store, central::current_token{}, calm(),
                                  token_pace{.patience = 1h}));
    };
    std::array clients{once(), once(), once()};
    const auto step = [&](auto& c) {
        if (c.outcome()) return false;
        if (how == haste::answers_first && !c.out().empty()) return c.answer(f.serve(), f.now), true;
        if (c.ask(f.now)) return true;
        if (c.out().empty()) return false;
        return c.answer(f.serve(), f.now), true;
    };
    int stalls = 0, revocations = 0;
    for (int i = 0; i != moves; ++i, schedule /= kinds) {
        const auto kind = schedule % kinds;
        if (kind < 3) step(clients[kind]);
        if (kind == 3) f.now += 61s, ++stalls;
        if (kind == 4) f.o.valid.erase(f.o.newest()), ++revocations;
    }
    const auto ended = [](const auto& c) { return c.outcome().has_value(); };
    for (int i = 0; i != 4'000 && !std::all_of(clients.begin(), clients.end(), ended); ++i) {
        bool moved = false;
        for (auto& c : clients) moved = step(c) || moved;
        if (!moved) f.now += 100ms;
    }

    schedule_outcome s;
    s.grants = f.o.grants();
    const auto ascend = [](const auto& v) {
        return std::adjacent_find(v.begin(), v.end(), std::greater_equal()) == v.end();
    };
    s.right = std::all_of(clients.begin(), clients.end(), ended) && ascend(f.store.leased) &&
              ascend(f.store.committed);
    // A call is only refused if its second token was revoked too.
    for (auto& c : clients)
        s.right = s.right && (c.outcome()->value()[0].starts_with("+{\"total") || revocations > 1);
    // One renewal for each token that was refused, one because it was time, and one for each lease that ran out.
    const int causes = static_cast<int>(f.o.refused.size()) + is_due + stalls;
    s.right = s.right && s.grants <= causes;
    // Nobody sends a request more than twice.
    s.right = s.right && f.o.bodies.size() <= 6;
    // What is stored is the newest of all that were ever stored.
    const auto stored = f.store.inner.load().value();
    s.right = s.right && stored && (f.store.committed.empty() || stored->fence == f.store.committed.back());
    return s;
}

// Five moves from each beginning in both manners, and six where a renewal is due and much is under way at once.
BOOST_AUTO_TEST_CASE(every_order_of_three_clients_renewals_refusals_and_stalls) {
    constexpr unsigned five_moves = 5 * 5 * 5 * 5 * 5;
    unsigned wrong = 0, played = 0;
    std::set<int> grants;
    const auto play_all = [&](unsigned total, int moves, bool is_due, haste how) {
        for (unsigned schedule = 0; schedule != total; ++schedule, ++played) {
            const auto s = play(schedule, moves, is_due, how);
            wrong += !s.right;
            grants.insert(s.grants);
        }
    };
    for (const bool is_due : {false, true}) play_all(five_moves, 5, is_due, haste::answers_first);
    play_all(five_moves, 5, false, haste::asks_first);
    play_all(five_moves * 5, 6, true, haste::asks_first);
    BOOST_TEST(played == 25'000u);
    BOOST_TEST(wrong == 0u);
    BOOST_TEST(grants.size() >= 4u);  // the orders differ in what happens
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
