// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/flow/poll.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/testing/virtual_clock.hpp>
#include <wxmp/transport/drive.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_poll)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using ms = std::chrono::milliseconds;

static_assert(flow<poll_video> && flow<poll_publish>);

std::string status(int n) { return R"({"status":)" + std::to_string(n) + "}"; }
std::string text_status(const std::string& s) { return R"({"errcode":0,"status":")" + s + "\"}"; }

poll_video video(backoff pauses = default_poll_pauses) {
    return poll_video(upload_video::query_status{"m"}, pauses);
}

// As many tries as fit into `total`, with pauses that double.
backoff within(ms first, ms longest, ms total) {
    return {.tries = 0, .first = first, .longest = longest, .total = total};
}

// Both clocks show this.
instant at(ms since_epoch) { return testing::virtual_clock(wall_time(since_epoch)).now(); }

// Runs `f` on virtual time, answering `body` each time; what it waited before it ended. With each answer
// somebody sets the clock on the wall.
template <flow F>
std::vector<ms> pauses(F& f, const std::string& body, ms answer_takes = 0ms, ms clock_is_set_by = 0ms) {
    std::vector<ms> all;
    testing::virtual_clock clock(wall_time(1'700'000'000'000ms));
    for (;;) {
        const auto a = f.next(clock.now());
        if (std::holds_alternative<flows::done>(a)) return all;
        if (std::holds_alternative<flows::send>(a)) {
            clock.advance(answer_takes);
            clock.set_wall(clock_is_set_by);
            f.on(flows::answered{0, {200, {}, body}}, clock.now());
        }
        if (auto* w = std::get_if<flows::wait>(&a)) {
            BOOST_REQUIRE(w->until > clock.now().steady);
            all.push_back(w->until - clock.now().steady);
            clock.wait_until(w->until);
        }
        BOOST_REQUIRE(all.size() < 10'000u);
    }
}

template <flow F> bool ended_with(F& f, errc e, const std::string& detail = {}) {
    const bool over = std::holds_alternative<flows::done>(f.next({}));
    const auto r = std::move(f).take();
    return over && !r && r.error() == e && r.error().detail() == detail;
}

BOOST_AUTO_TEST_CASE(pauses_double_up_to_the_longest_within_the_budget) {
    auto f = video(within(1s, 8s, 30s));
    const std::vector<ms> want{1s, 2s, 4s, 8s, 8s};  // 23 s; one more of 8 s would be over 30 s
    BOOST_TEST((pauses(f, status(0)) == want));
    BOOST_TEST(ended_with(f, errc::timeout, "the outcome is still pending"));
}

BOOST_AUTO_TEST_CASE(the_budget_is_used_to_its_last_moment) {
    auto f = video(within(10s, 10s, 30s));
    BOOST_TEST((pauses(f, status(4)) == std::vector<ms>{10s, 10s, 10s}));
    BOOST_TEST(ended_with(f, errc::timeout, "the outcome is still pending"));
}

BOOST_AUTO_TEST_CASE(slow_answers_count) {
    auto f = video(within(10s, 10s, 30s));
    BOOST_TEST((pauses(f, status(0), 7s) == std::vector<ms>{10s}));
    BOOST_TEST(ended_with(f, errc::timeout, "the outcome is still pending"));
    auto late = video(within(10s, 10s, 30s));
    BOOST_TEST(pauses(late, status(0), 40s).empty());
    BOOST_TEST(ended_with(late, errc::timeout, "the outcome is still pending"));
    auto good = video(within(10s, 10s, 30s));
    BOOST_TEST(pauses(good, status(3), 40s).empty());
    BOOST_TEST(std::move(good).take().has_value());
}

BOOST_AUTO_TEST_CASE(no_pause_is_above_the_longest) {
    auto f = video(within(5s, 1s, 3s));
    BOOST_TEST((pauses(f, status(0)) == std::vector<ms>{1s, 1s, 1s}));
}

BOOST_AUTO_TEST_CASE(a_clock_on_the_wall_that_is_set_changes_no_pause) {
    for (const ms step : {ms(24h), -ms(24h)}) {
        auto f = video(within(1s, 8s, 30s));
        BOOST_TEST((pauses(f, status(0), 0ms, step) == std::vector<ms>{1s, 2s, 4s, 8s, 8s}));
        BOOST_TEST(ended_with(f, errc::timeout, "the outcome is still pending"));
    }
}

BOOST_AUTO_TEST_CASE(pauses_of_no_length_let_time_pass) {
    for (const ms none : {0ms, -1ms, ms::min()}) {
        auto f = video(within(none, none, 5ms));
        BOOST_TEST((pauses(f, status(0)) == std::vector<ms>(5, 1ms)));
        BOOST_TEST(ended_with(f, errc::timeout, "the outcome is still pending"));
    }
}

BOOST_AUTO_TEST_CASE(the_number_of_questions_can_be_limited) {
    auto f = video({.tries = 3, .first = 1s});
    BOOST_TEST((pauses(f, status(0)) == std::vector<ms>{1s, 2s}));
    BOOST_TEST(ended_with(f, errc::timeout, "the outcome is still pending"));
}

BOOST_AUTO_TEST_CASE(no_budget_means_one_question) {
    auto f = video(within(1s, 1s, 0s));
    BOOST_TEST(pauses(f, status(0)).empty());
    BOOST_TEST(ended_with(f, errc::timeout, "the outcome is still pending"));
}

BOOST_AUTO_TEST_CASE(an_endless_budget_does_not_overflow) {
    for (const auto start : {-ms(1h), ms(1h), ms(1'700'000'000'000)}) {
        auto f = video(within(1s, 30s, ms::max()));
        auto now = at(start);
        for (int i = 0; i != 50; ++i) {
            BOOST_REQUIRE(std::holds_alternative<flows::send>(f.next(now)));
            f.on(flows::answered{0, {200, {}, status(0)}}, now);
            const auto a = f.next(now);
            BOOST_REQUIRE(std::holds_alternative<flows::wait>(a));
            now.steady = std::get<flows::wait>(a).until;
        }
        f.cancel();
        BOOST_TEST(ended_with(f, errc::cancelled));
    }
}

BOOST_AUTO_TEST_CASE(it_asks_again_when_the_time_has_come_not_before) {
    auto f = video(within(1s, 30s, 60s));
    BOOST_REQUIRE(std::holds_alternative<flows::send>(f.next(at(1h))));
    BOOST_REQUIRE(std::holds_alternative<flows::wait>(f.next(at(1h))));
    f.on(flows::answered{0, {200, {}, status(0)}}, at(1h + 5ms));
    for (const auto early : {5ms, 6ms, 1004ms}) {
        const auto a = f.next(at(1h + early));
        BOOST_REQUIRE(std::holds_alternative<flows::wait>(a));
        BOOST_CHECK(std::get<flows::wait>(a).until == at(1h + 1005ms).steady);
    }
    const auto a = f.next(at(1h + 1005ms));
    BOOST_REQUIRE(std::holds_alternative<flows::send>(a));
    BOOST_TEST(std::get<flows::send>(a).request->target.reveal() ==
               "/cgi-bin/material/upload_video?action=query_status&media_id=m");
}

BOOST_AUTO_TEST_CASE(what_a_video_status_means) {
    for (const int pending : {0, 4}) {
        auto f = video(within(1s, 1s, 1s));
        BOOST_TEST(pauses(f, status(pending)).size() == 1u);
    }
    for (const int bad : {1, 2, 5, 9, 10, 77, -1}) {
        auto f = video();
        BOOST_TEST(pauses(f, status(bad)).empty());
        BOOST_TEST(ended_with(f, errc::not_passed, "video status " + std::to_string(bad)));
    }
    auto refused = video();
    pauses(refused, R"({"status":2,"mp_video_fail_detail_wording":"画面模糊","vid":"v"})");
    BOOST_TEST(ended_with(refused, errc::not_passed, "video status 2: 画面模糊"));
    auto good = video();
    pauses(good, R"({"status":3,"ori_status":1,"vid":"v"})");
    BOOST_TEST(std::move(good).take().value().vid.value() == "v");
}

BOOST_AUTO_TEST_CASE(what_an_article_status_means) {
    const auto article = [](const std::string& body) {
        poll_publish f(publish::query{"m"}, within(1s, 1s, 1s));
        const auto asked_again = pauses(f, body).size();
        auto r = std::move(f).take();
        return std::pair(asked_again, r ? r->url.value_or("published") : r.error().message());
    };
    BOOST_CHECK(article(text_status("审核中")) ==
                std::pair(std::size_t{1}, std::string("timed out: the outcome is still pending")));
    BOOST_CHECK(article(text_status("发布成功")) == std::pair(std::size_t{0}, std::string("published")));
    BOOST_CHECK(article(text_status("审核未通过")) ==
                std::pair(std::size_t{0}, std::string("not passed: the article was refused")));
    BOOST_CHECK(article(text_status("未提交")) ==
                std::pair(std::size_t{0}, std::string("not passed: the article is not submitted")));
    BOOST_CHECK(article(text_status("别的")) ==
                std::pair(std::size_t{0}, std::string("member has the wrong type: /status")));
}

BOOST_AUTO_TEST_CASE(an_error_of_the_call_ends_it) {
    auto f = video();
    BOOST_TEST(pauses(f, R"({"errcode":45009,"errmsg":"x"})").empty());
    BOOST_CHECK(std::move(f).take().error() == condition::quota_exhausted);

    poll_video faulty(upload_video::query_status{"\xff"});
    BOOST_TEST(ended_with(faulty, errc::invalid_utf8,
                          "material/upload_video?action=query_status: media_id is not UTF-8; it must be"));
}

BOOST_AUTO_TEST_CASE(events_that_were_not_asked_for_end_it) {
    auto before = video();
    before.on(flows::answered{0, {200, {}, status(3)}}, {});
    BOOST_TEST(ended_with(before, errc::unexpected_event));

    auto wrong_id = video();
    BOOST_REQUIRE(std::holds_alternative<flows::send>(wrong_id.next({})));
    wrong_id.on(flows::answered{1, {200, {}, status(3)}}, {});
    BOOST_TEST(ended_with(wrong_id, errc::unexpected_event));

    auto waiting = video();
    BOOST_REQUIRE(std::holds_alternative<flows::send>(waiting.next({})));
    waiting.on(flows::answered{0, {200, {}, status(0)}}, {});
    BOOST_REQUIRE(std::holds_alternative<flows::wait>(waiting.next({})));
    waiting.on(flows::answered{0, {200, {}, status(3)}}, {});
    BOOST_TEST(ended_with(waiting, errc::unexpected_event));
}

BOOST_AUTO_TEST_CASE(nothing_changes_after_the_end) {
    auto f = video();
    pauses(f, status(3));
    f.on(flows::failed{0, error(errc::timeout)}, {});
    f.cancel();
    BOOST_TEST(std::holds_alternative<flows::done>(f.next({})));
    BOOST_TEST(std::move(f).take().has_value());
}

BOOST_AUTO_TEST_CASE(cancelled_at_any_time) {
    auto before = video();
    before.cancel();
    BOOST_TEST(ended_with(before, errc::cancelled));

    auto under_way = video();
    BOOST_REQUIRE(std::holds_alternative<flows::send>(under_way.next({})));
    under_way.cancel();
    under_way.on(flows::answered{0, {200, {}, status(3)}}, {});
    BOOST_TEST(ended_with(under_way, errc::cancelled));

    auto waiting = video();
    BOOST_REQUIRE(std::holds_alternative<flows::send>(waiting.next({})));
    waiting.on(flows::answered{0, {200, {}, status(0)}}, {});
    BOOST_REQUIRE(std::holds_alternative<flows::wait>(waiting.next({})));
    waiting.cancel();
    BOOST_TEST(ended_with(waiting, errc::cancelled));
}

BOOST_AUTO_TEST_CASE(driven_on_the_clock_of_the_transport) {
    testing::scripted_transport t;
    t.reply(status(0)).reply(status(4)).reply(status(0)).reply(status(3));
    no_token_store none;
    const auto start = t.now().steady;
    const auto r = drive(t, none, video(within(1s, 2s, 60s)), secret("T"));
    BOOST_TEST(r.has_value());
    BOOST_CHECK(t.now().steady - start == 5s);
    BOOST_TEST(t.sent().size() == 4u);
    BOOST_TEST(t.sent()[3].target.reveal().ends_with("access_token=T"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
