// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/publish_article.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/testing/transcript.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

BOOST_AUTO_TEST_SUITE(flow_publish_article)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using testing::scripted_transport;
using testing::transcript;

static_assert(flow<publish_article>);

const std::string submit_path = "/cgi-bin/publish/submit";
const std::string submit_body = R"({"media_id":"m1","msgtype":"mpnews"})";
const std::string query_path = "/cgi-bin/publish/query";
const std::string query_body = R"({"media_id":"m1"})";
const std::string taken = R"({"errcode":0,"errmsg":"ok"})";
const std::string before = R"({"errcode":40007,"errmsg":"abnormal status"})";
const std::string published = R"({"errcode":0,"status":"发布成功","url":"u1"})";
const std::string in_review = R"({"errcode":0,"status":"审核中"})";

publish_article article_flow() { return publish_article("m1"); }

transcript run_when_submitting_says(const std::string& answer) {
    return transcript()
        .sends(submit_path, submit_body, answer)
        .sends(query_path, query_body, in_review)
        .waits(1s)
        .sends(query_path, query_body, published);
}

void ask_and_answer(publish_article& f, const std::string& body) {
    BOOST_REQUIRE(std::holds_alternative<flows::send>(f.next({})));
    f.on(flows::answered{0, {200, {}, body}}, {});
}

bool ended_with(publish_article& f, errc e) {
    const bool is_over = std::holds_alternative<flows::done>(f.next({}));
    const auto r = std::move(f).take();
    return is_over && !r && r.error() == e;
}

BOOST_AUTO_TEST_CASE(submits_and_asks_until_the_article_is_public) {
    for (const auto& answer : {taken, before}) {
        auto f = article_flow();
        BOOST_TEST(run_when_submitting_says(answer).check(f).empty());
        BOOST_TEST(std::move(f).take().value().url.value() == "u1");
    }
}

BOOST_AUTO_TEST_CASE(each_step_can_fail) {
    const auto t = run_when_submitting_says(taken);
    const auto unknown = [](std::string_view target) {
        return target == submit_path ? error(errc::outcome_unknown, "submit: connection lost")
                                     : error(errc::connection_lost);
    };
    BOOST_TEST(t.check_each_failure(article_flow, error(errc::connection_lost), unknown).empty());
    BOOST_TEST(t.check_each_failure(article_flow, error(errc::connect_failed, "injected")).empty());
}

BOOST_AUTO_TEST_CASE(what_the_service_says_of_it) {
    const auto outcome = [](const std::string& submitting, const std::string& state) {
        scripted_transport t;
        t.reply(submitting).reply(state);
        const auto r = client(std::ref(t)).run(publish_article("m1", {}, {.tries = 1}));
        return r ? r->url.value_or("") : r.error().message();
    };
    BOOST_TEST(outcome(taken, published) == "u1");
    BOOST_TEST(outcome(taken, in_review) == "timed out: the outcome is still pending");
    BOOST_TEST(outcome(taken, R"({"errcode":0,"status":"审核未通过"})") ==
               "not passed: the article was refused");
    BOOST_TEST(outcome(before, R"({"errcode":0,"status":"未提交"})") ==
               "not passed: the article is not submitted");
    BOOST_TEST(outcome(R"({"errcode":45028,"errmsg":"x"})", published).ends_with("x (45028)"));
    BOOST_TEST(outcome("<html>", published) == "outcome unknown: submit: not JSON: syntax error");
}

BOOST_AUTO_TEST_CASE(cancelled_at_each_step) {
    auto before_all = article_flow();
    before_all.cancel();
    BOOST_TEST(ended_with(before_all, errc::cancelled));

    auto submits = article_flow();
    BOOST_REQUIRE(std::holds_alternative<flows::send>(submits.next({})));
    submits.cancel();
    submits.on(flows::answered{0, {200, {}, taken}}, {});
    BOOST_TEST(ended_with(submits, errc::outcome_unknown));

    auto has_submitted = article_flow();
    ask_and_answer(has_submitted, taken);
    has_submitted.cancel();
    BOOST_TEST(ended_with(has_submitted, errc::cancelled));

    auto asks = article_flow();
    ask_and_answer(asks, taken);
    BOOST_REQUIRE(std::holds_alternative<flows::send>(asks.next({})));
    asks.cancel();
    BOOST_TEST(ended_with(asks, errc::cancelled));

    auto waits = article_flow();
    ask_and_answer(waits, taken);
    ask_and_answer(waits, in_review);
    BOOST_REQUIRE(std::holds_alternative<flows::wait>(waits.next({})));
    waits.cancel();
    BOOST_TEST(ended_with(waits, errc::cancelled));
}

// ---- With the platform

struct press {
    press() { c.access_token(c(auth::stable_token{{}, "wx1", secret("s1")}).value().access_token); }

    std::string write(const std::string& title) {
        article a{title,
                  c(material::add_material{media_type::image, http::file{"c.jpg", {"x"}}}).value().media_id};
        a.content = "<p>text</p>";
        return c(publish::uploadnews{{std::move(a)}}).value().media_id;
    }

    testing::platform p;
    testing::account& owner{p.add_account("wx1", secret("s1"))};
    client<testing::platform_transport> c{testing::platform_transport(p)};
};

BOOST_AUTO_TEST_CASE(publishes_at_the_platform) {
    press w;
    const auto start = w.c.next_layer().now().steady;
    const auto r = w.c.run(publish_article(w.write("one"))).value();
    BOOST_CHECK(w.c.next_layer().now().steady - start >= w.p.rules().review);
    BOOST_TEST(w.p.published(r.url.value()).value().text->title == "one");
    const auto refused = w.c.run(publish_article(w.write("[refuse]")));
    BOOST_TEST(refused.error().message() == "not passed: the article was refused");
}

BOOST_AUTO_TEST_CASE(the_same_flow_goes_on_after_a_lost_answer) {
    press w;
    const auto media_id = w.write("one");
    w.p.inject({.call = submit_path, .what = testing::fault::lose_answer{}});
    BOOST_CHECK(w.c.run(publish_article(media_id)).error() == errc::outcome_unknown);
    const auto r = w.c.run(publish_article(media_id)).value();
    BOOST_TEST(w.p.published(r.url.value()).has_value());
    BOOST_TEST(w.c.run(publish_article(media_id)).value().url.value() == r.url.value());
    BOOST_TEST(w.p.calls<publish::submit>() == 3u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
