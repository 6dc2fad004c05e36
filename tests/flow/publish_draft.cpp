// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/client.hpp>
#include <wxmp/codec/codec.hpp>
#include <wxmp/flow/publish_draft.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/testing/transcript.hpp>
#include <wxmp/transport/memory_token_store.hpp>
#include <wxmp/transport/token_policy.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_publish_draft)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using testing::scripted_transport;
using testing::transcript;

static_assert(flow<publish_draft>);

const std::string submit_path = "/cgi-bin/freepublish/submit";
const std::string get_path = "/cgi-bin/freepublish/get";
const std::string submitted = R"({"errcode":0,"publish_id":"p1","msg_data_id":7})";
const std::string published =
    R"({"publish_id":"p1","publish_status":0,"article_id":"a1","article_detail":)"
    R"({"count":2,"item":[{"idx":1,"article_url":"u1"},{"idx":2,"article_url":"u2"}]}})";

std::string in_status(int status, const std::string& more = {}) {
    return R"({"publish_id":"p1","publish_status":)" + std::to_string(status) + more + "}";
}

publish_draft draft(publish_options how = {}) { return publish_draft("m1", {}, std::move(how)); }

// What one answer to a submission makes of the flow, over a transport with that script.
error fault_after(scripted_transport t) {
    const auto r = client(std::ref(t)).run(draft());
    BOOST_TEST(t.sent().size() == 1u);
    BOOST_REQUIRE(r.has_error());
    return r.error();
}

// The first request that it sends, after perhaps a pause.
flows::send asked(publish_draft& f, instant now = {}) {
    const auto a = f.next(now);
    BOOST_REQUIRE(std::holds_alternative<flows::send>(a));
    return std::get<flows::send>(a);
}

void answer(publish_draft& f, const std::string& body, instant now = {}) {
    f.on(flows::answered{0, {200, {}, body}}, now);
}

bool ended_with(publish_draft& f, errc e) {
    const bool is_over = std::holds_alternative<flows::done>(f.next({}));
    const auto r = std::move(f).take();
    return is_over && !r && r.error() == e;
}

BOOST_AUTO_TEST_CASE(each_status_has_words) {
    BOOST_TEST(describe(freepublish::publication_status::published) == "published");
    BOOST_TEST(describe(freepublish::publication_status::in_progress) == "in progress");
}

// ---- From the draft to its articles

const transcript whole_run = transcript()
                                 .sends(submit_path, R"({"media_id":"m1"})", submitted)
                                 .sends(get_path, R"({"publish_id":"p1"})", in_status(1))
                                 .waits(1s)
                                 .sends(get_path, R"({"publish_id":"p1"})", in_status(1))
                                 .waits(2s)
                                 .sends(get_path, R"({"publish_id":"p1"})", published);

BOOST_AUTO_TEST_CASE(submits_once_and_asks_until_the_articles_are_public) {
    auto f = draft();
    BOOST_TEST(whole_run.check(f).empty());
    const auto p = std::move(f).take().value();
    BOOST_TEST(p.publish_id.text == "p1");
    BOOST_TEST(p.msg_data_id.value() == 7u);
    BOOST_TEST(p.article_id.text == "a1");
    BOOST_TEST_REQUIRE(p.articles.size() == 2u);
    BOOST_TEST(p.articles[1].idx.value().value == 2u);
    BOOST_TEST(p.articles[1].article_url == "u2");
}

BOOST_AUTO_TEST_CASE(needs_no_more_of_an_answer_than_it_uses) {
    auto f = draft();
    const auto done =
        R"({"publish_status":0,"article_id":"a1","article_detail":{"item":[{"article_url":"u1"}]}})";
    const auto run = transcript()
                         .sends(submit_path, R"({"media_id":"m1"})", R"({"publish_id":"p1"})")
                         .sends(get_path, R"({"publish_id":"p1"})", done);
    BOOST_TEST(run.check(f).empty());
    const auto p = std::move(f).take().value();
    BOOST_TEST(p.publish_id.text == "p1");
    BOOST_TEST_REQUIRE(p.articles.size() == 1u);
    BOOST_TEST(p.articles[0].article_url == "u1");
    BOOST_TEST(!p.articles[0].idx);
}

BOOST_AUTO_TEST_CASE(each_step_can_fail) {
    const auto submission_is = [](error e) {
        return [e = std::move(e)](std::string_view target) {
            return target == submit_path ? e : error(errc::timeout);
        };
    };
    BOOST_TEST(whole_run
                   .check_each_failure([] { return draft(); }, error(errc::timeout),
                                       submission_is(error(errc::outcome_unknown, "submit: timed out")))
                   .empty());
    for (const auto e : {errc::connect_failed, errc::store_failed, errc::deadline_exceeded})
        BOOST_TEST(whole_run.check_each_failure([] { return draft(); }, error(e, "injected")).empty());
}

BOOST_AUTO_TEST_CASE(what_each_status_means) {
    const auto outcome = [](const std::string& state) {
        scripted_transport t;
        t.reply(submitted).reply(state);
        const auto r = client(std::ref(t)).run(draft({.pauses = {.tries = 1}}));
        return r ? "published" : r.error().message();
    };
    BOOST_TEST(outcome(published) == "published");
    BOOST_TEST(outcome(in_status(1)) == "timed out: the outcome is still pending");
    BOOST_TEST(outcome(in_status(2, R"(,"fail_idx":[2])")) ==
               "not passed: publication refused as not original, article 2");
    BOOST_TEST(outcome(in_status(3)) == "not passed: publication failed");
    BOOST_TEST(outcome(in_status(4, R"(,"fail_idx":[1,3,8])")) ==
               "not passed: publication refused by the review, article 1, 3, 8");
    BOOST_TEST(outcome(in_status(5)) == "not passed: publication deleted by the owner");
    BOOST_TEST(outcome(in_status(6, R"(,"fail_idx":[])")) ==
               "not passed: publication removed by the platform");
    BOOST_TEST(outcome(in_status(77)) == "not passed: publication in status 77");
    BOOST_TEST(outcome(R"({"publish_id":"p1"})") == "required member is missing: /publish_status");
}

BOOST_AUTO_TEST_CASE(what_the_service_does_not_tell_is_left_out) {
    scripted_transport t;
    t.reply(R"({"errcode":0,"publish_id":100000001})").reply(in_status(0));
    const auto p = client(std::ref(t)).run(draft()).value();
    BOOST_TEST(p.publish_id.text == "100000001");
    BOOST_TEST(!p.msg_data_id.has_value());
    BOOST_TEST(p.article_id.text.empty());
    BOOST_TEST(p.articles.empty());
}

BOOST_AUTO_TEST_CASE(waits_by_its_pauses_until_their_end) {
    scripted_transport t;
    t.reply(submitted);
    for (int i = 0; i != 4; ++i) t.reply(in_status(1));
    const auto start = t.now().steady;
    const auto r = client(std::ref(t)).run(draft({.pauses = {.tries = 4, .first = 3s, .longest = 6s}}));
    BOOST_CHECK(r.error() == errc::timeout);
    BOOST_CHECK(t.now().steady - start == 15s);
    BOOST_TEST(t.left() == 0u);
}

BOOST_AUTO_TEST_CASE(a_clock_on_the_wall_that_is_set_changes_no_pause) {
    for (const auto step : {24h, -24h}) {
        scripted_transport t;
        t.reply(submitted).reply(in_status(1)).reply(in_status(1)).reply(published);
        const auto start = t.now().steady;
        publish_options how;
        how.persist = [&](const auto&) { return t.clock().set_wall(step), result<void>(); };
        BOOST_TEST(client(std::ref(t)).run(draft(how)).has_value());
        BOOST_CHECK(t.now().steady - start == 3s);
    }
}

// ---- Answers that are lost

BOOST_AUTO_TEST_CASE(an_answer_that_is_lost_leaves_the_outcome_unknown) {
    for (const auto e : {errc::timeout, errc::connection_lost, errc::stale_connection, errc::too_large}) {
        const auto why = fault_after(scripted_transport().fail(error(e)));
        BOOST_CHECK(why == errc::outcome_unknown);
        BOOST_TEST(why.detail() == "submit: " + error(e).message());
    }
    for (const int status : {500, 502, 504})
        BOOST_CHECK(fault_after(scripted_transport().reply("", status)) == errc::outcome_unknown);
    for (const std::string unreadable :
         {"", "<html>Welcome</html>", R"({"errcode":0,"publish_id":"p)", R"({"errcode":0})",
          R"({"publish_id":[]})", R"({"errcode":0,"publish_id":"p1","msg_data_id":-1})"})
        BOOST_TEST_CONTEXT(unreadable)
    BOOST_CHECK(fault_after(scripted_transport().reply(unreadable)) == errc::outcome_unknown);
    const auto deep = std::string(200, '[') + std::string(200, ']');
    BOOST_CHECK(fault_after(scripted_transport().reply(R"({"x":)" + deep + "}")) == errc::outcome_unknown);
}

BOOST_AUTO_TEST_CASE(what_was_never_sent_is_told_as_it_is) {
    for (const bool is_unsent : {true, false})
        for (const auto e : {errc::cancelled, errc::timeout}) {
            auto f = draft();
            asked(f);
            f.on(flows::failed{0, error(e), is_unsent}, {});
            BOOST_TEST(ended_with(f, is_unsent ? e : errc::outcome_unknown));
        }
}

BOOST_AUTO_TEST_CASE(an_exchange_that_is_cancelled_leaves_the_outcome_unknown) {
    const auto why = fault_after(scripted_transport().fail(error(errc::cancelled)));
    BOOST_CHECK(why == errc::outcome_unknown);
}

BOOST_AUTO_TEST_CASE(what_was_refused_is_told_as_it_is) {
    BOOST_CHECK(fault_after(scripted_transport().fail(error(errc::connect_failed))) == errc::connect_failed);
    BOOST_TEST(fault_after(scripted_transport().reply(R"({"errcode":53503,"errmsg":"x"})")).api_code() ==
               53503);
    BOOST_TEST(fault_after(scripted_transport().reply(R"({"errcode":-1})")).api_code() == -1);
    BOOST_TEST(fault_after(scripted_transport().reply("", 403)).http_status() == 403);
    scripted_transport untouched;
    const auto unfit = client(std::ref(untouched)).run(publish_draft(""));
    BOOST_TEST(unfit.error().message() ==
               "required member is missing: freepublish/submit: media_id is empty; the service requires it");
    BOOST_TEST(untouched.sent().empty());
}

// ---- Going on

BOOST_AUTO_TEST_CASE(tells_what_to_go_on_from_before_it_asks) {
    scripted_transport t;
    t.reply(submitted).reply(in_status(1)).reply(published);
    std::vector<std::string> kept;
    publish_options how;
    how.persist = [&](const freepublish::submit::response& r) -> result<void> {
        BOOST_TEST(t.sent().size() == 1u);
        kept.push_back(encode(r).value());
        return {};
    };
    BOOST_TEST(client(std::ref(t)).run(draft(how)).has_value());
    BOOST_TEST(kept == std::vector<std::string>{R"({"publish_id":"p1","msg_data_id":7})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(goes_on_from_what_was_told) {
    scripted_transport t;
    t.reply(in_status(1)).reply(published);
    publish_options how;
    how.persist = [](const auto&) { return error(errc::store_failed, "is not called"); };
    const auto before =
        decode<freepublish::submit::response>(R"({"publish_id":"p1","msg_data_id":7})").value();
    const auto p = client(std::ref(t)).run(publish_draft::resume(before, {}, how)).value();
    BOOST_TEST(p.msg_data_id.value() == 7u);
    BOOST_TEST(p.articles.size() == 2u);
    BOOST_TEST(t.sent().size() == 2u);
    BOOST_TEST(t.sent()[0].safe_target.starts_with(get_path));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_stored_ends_it) {
    scripted_transport t;
    t.reply(submitted);
    publish_options how;
    how.persist = [](const auto&) { return error(errc::store_failed, "the disk is full"); };
    const auto r = client(std::ref(t)).run(draft(how));
    BOOST_CHECK(r.error() == error(errc::store_failed, "the disk is full"));
    BOOST_TEST(t.sent().size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_storing_throws_comes_out) {
    scripted_transport t;
    t.reply(submitted);
    publish_options how;
    how.persist = [](const auto&) -> result<void> { throw std::runtime_error("thrown"); };
    BOOST_CHECK_THROW((void)client(std::ref(t)).run(draft(how)), std::runtime_error);
    BOOST_TEST(t.sent().size() == 1u);
}

// ---- Cancelling

BOOST_AUTO_TEST_CASE(cancelled_before_anything_is_sent) {
    auto f = draft();
    f.cancel();
    BOOST_TEST(ended_with(f, errc::cancelled));
    auto resumed = publish_draft::resume({.publish_id = "p1"});
    resumed.cancel();
    BOOST_TEST(ended_with(resumed, errc::cancelled));
}

BOOST_AUTO_TEST_CASE(cancelled_while_it_submits) {
    int told = 0;
    publish_options how;
    how.persist = [&](const auto&) { return ++told, result<void>(); };
    auto f = draft(how);
    asked(f);
    f.cancel();
    answer(f, submitted);  // too late
    BOOST_TEST(ended_with(f, errc::outcome_unknown));
    BOOST_TEST(told == 0);
}

BOOST_AUTO_TEST_CASE(cancelled_when_it_was_submitted_still_tells_what_to_go_on_from) {
    int told = 0;
    publish_options how;
    how.persist = [&](const auto& r) { return told += r.publish_id == "p1", result<void>(); };
    auto f = draft(how);
    asked(f);
    answer(f, submitted);
    f.cancel();
    BOOST_TEST(ended_with(f, errc::cancelled));
    BOOST_TEST(told == 1);
}

BOOST_AUTO_TEST_CASE(cancelled_while_it_asks_or_waits) {
    auto asks = draft();
    asked(asks);
    answer(asks, submitted);
    asked(asks);
    asks.cancel();
    answer(asks, published);
    BOOST_TEST(ended_with(asks, errc::cancelled));

    auto waits = draft();
    asked(waits);
    answer(waits, submitted);
    asked(waits);
    answer(waits, in_status(1));
    BOOST_REQUIRE(std::holds_alternative<flows::wait>(waits.next({})));
    waits.cancel();
    BOOST_TEST(ended_with(waits, errc::cancelled));
}

BOOST_AUTO_TEST_CASE(cancelled_after_the_end_changes_nothing) {
    auto f = draft();
    BOOST_TEST(whole_run.check(f).empty());
    f.cancel();
    BOOST_TEST(std::holds_alternative<flows::done>(f.next({})));
    BOOST_TEST(std::move(f).take().has_value());
}

BOOST_AUTO_TEST_CASE(a_run_can_be_stopped_and_has_a_deadline) {
    scripted_transport t;
    t.reply(submitted);
    stop_source source;
    publish_options how;
    how.persist = [&](const auto&) { return source.request_stop(), result<void>(); };
    const auto stopped = client(std::ref(t)).run(draft(how), {.stop = source.get_token()});
    BOOST_CHECK(stopped.error() == errc::cancelled);

    scripted_transport slow;
    slow.reply(submitted).reply(in_status(1)).reply(in_status(1));
    const auto late = client(std::ref(slow)).run(draft(), {.deadline = 2s});
    BOOST_CHECK(late.error() == errc::deadline_exceeded);
    BOOST_CHECK(slow.now().steady == time_point(2s));
}

BOOST_AUTO_TEST_CASE(events_that_were_not_asked_for_end_it) {
    auto early = draft();
    answer(early, submitted);
    BOOST_TEST(ended_with(early, errc::unexpected_event));
    auto wrong = draft();
    asked(wrong);
    wrong.on(flows::answered{1, {200, {}, submitted}}, {});
    BOOST_TEST(ended_with(wrong, errc::unexpected_event));
    auto later = draft();
    asked(later);
    answer(later, submitted);
    asked(later);
    later.on(flows::fetched{0, {}, {}}, {});
    BOOST_TEST(ended_with(later, errc::unexpected_event));
    auto untouched = draft();
    BOOST_CHECK(std::move(untouched).take().error() == errc::unexpected_event);
}

// ---- With the platform

struct press {
    // The draft of an article with this title.
    std::string write(const std::string& title = "title") {
        article a{title,
                  c(material::add_material{media_type::image, http::file{"c.jpg", {"x"}}}).value().media_id};
        a.content = "<p>text</p>";
        return c(draft::add{{std::move(a)}}).value().media_id;
    }
    std::uint64_t drafts() { return c(draft::count{}).value().total_count; }
    auto publish(const std::string& media_id, publish_options how = {}) {
        return c.run(publish_draft(media_id, c.settings(), std::move(how)));
    }
    void inject(std::string call, std::uint32_t nth, testing::fault::any what) {
        p.inject({.call = std::move(call), .nth = nth, .what = what});
    }

    testing::platform p;
    testing::account& owner{p.add_account("wx1", secret("s1"))};
    memory_token_store store;
    client<testing::platform_transport, token_policy<memory_token_store>, retry_policy> c{
        testing::platform_transport(p), options{},
        token_policy(store, auth::stable_token{.appid = "wx1", .secret = secret("s1")}), retry_policy()};
};

BOOST_AUTO_TEST_CASE(publishes_at_the_platform) {
    press w;
    const auto media_id = w.write("one");
    const auto start = w.c.next_layer().now().steady;
    const auto p = w.publish(media_id).value();
    BOOST_CHECK(w.c.next_layer().now().steady - start >= w.p.rules().publication);
    BOOST_TEST_REQUIRE(p.articles.size() == 1u);
    BOOST_TEST(w.p.published(p.articles[0].article_url).value().text->title == "one");
    BOOST_TEST(w.c(freepublish::getarticle{p.article_id}).value().news_item[0].title == "one");
    BOOST_TEST(w.drafts() == 0u);
    BOOST_TEST(w.p.calls<freepublish::submit>() == 1u);
}

BOOST_AUTO_TEST_CASE(the_platform_may_refuse_an_article) {
    press w;
    for (const auto& [mark, status] : {std::pair("[not original]", "refused as not original"),
                                       {"[fails]", "failed"},
                                       {"[refuse]", "refused by the review"}}) {
        const auto r = w.publish(w.write(mark));
        BOOST_TEST(r.error().message() == std::string("not passed: publication ") + status + ", article 1");
    }
    BOOST_TEST(w.drafts() == 3u);
}

BOOST_AUTO_TEST_CASE(faults_while_it_asks_are_the_policies_affair) {
    press w;
    w.inject(get_path, 1, testing::fault::http_status{500});
    w.inject(get_path, 2, testing::fault::lose_answer{});
    w.inject(get_path, 3, testing::fault::expire_token{});
    w.inject(get_path, 4, testing::fault::error_code{-1});
    BOOST_TEST(w.publish(w.write()).has_value());
    BOOST_TEST(w.p.faults_left() == 0u);
    BOOST_TEST(w.p.calls<freepublish::submit>() == 1u);
}

BOOST_AUTO_TEST_CASE(a_token_that_ends_when_it_submits_is_replaced) {
    press w;
    const auto media_id = w.write();
    w.inject(submit_path, 1, testing::fault::expire_token{});
    BOOST_TEST(w.publish(media_id).has_value());
    BOOST_TEST(w.p.calls<freepublish::submit>() == 2u);
}

BOOST_AUTO_TEST_CASE(the_drafts_tell_what_became_of_a_lost_submission) {
    for (const bool arrives : {true, false}) {
        press w;
        const auto media_id = w.write();
        if (arrives) w.inject(submit_path, 1, testing::fault::lose_answer{});
        else w.inject(submit_path, 1, testing::fault::lose_request{});
        BOOST_CHECK(w.publish(media_id).error() == errc::outcome_unknown);
        BOOST_TEST(w.p.calls<freepublish::submit>() == 1u);
        BOOST_TEST(w.drafts() == (arrives ? 0u : 1u));
    }
}

BOOST_AUTO_TEST_CASE(another_process_goes_on_where_one_was_stopped) {
    press w;
    const auto media_id = w.write();
    std::string kept;
    stop_source source;
    publish_options how;
    how.persist = [&](const freepublish::submit::response& r) -> result<void> {
        kept = encode(r).value();
        source.request_stop();
        return {};
    };
    const auto stopped = w.c.run(publish_draft(media_id, w.c.settings(), how), {.stop = source.get_token()});
    BOOST_CHECK(stopped.error() == errc::cancelled);
    const auto p =
        w.c.run(publish_draft::resume(decode<freepublish::submit::response>(kept).value(), w.c.settings()))
            .value();
    BOOST_TEST(w.p.published(p.articles.at(0).article_url).has_value());
    BOOST_TEST(p.msg_data_id.has_value());
    BOOST_TEST(w.p.calls<freepublish::submit>() == 1u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
