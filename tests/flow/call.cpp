// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/openapi/clear_quota.hpp>
#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/publish/submit.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/call.hpp>
#include <wxmp/testing/scripted_transport.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <variant>

BOOST_AUTO_TEST_SUITE(flow_call)

namespace {

using namespace wxmp;
using publish::query;

constexpr instant now{};
const std::string good = R"({"errcode":0,"status":"审核中"})";

static_assert(flow<call<query>>);
static_assert(std::is_trivially_copyable_v<flows::action>);

flows::action asked(call<query>& c) {
    auto a = c.next(now);
    BOOST_REQUIRE(std::holds_alternative<flows::send>(a));
    return a;
}

bool is_done(call<query>& c) { return std::holds_alternative<flows::done>(c.next(now)); }

bool ended_with(call<query>& c, errc e) {
    const bool over = is_done(c);
    const auto r = std::move(c).take();
    return over && !r && r.error() == e;
}

BOOST_AUTO_TEST_CASE(asks_once_and_takes_the_answer) {
    call<query> c(query{"m"});
    const auto a = asked(c);
    const auto& s = std::get<flows::send>(a);
    BOOST_TEST(s.id == 0u);
    BOOST_TEST(s.request->body.text() == R"({"media_id":"m"})");
    BOOST_TEST(s.request->needs_token);
    const auto w = c.next(now);
    BOOST_REQUIRE(std::holds_alternative<flows::wait>(w));
    BOOST_CHECK(std::get<flows::wait>(w).until == time_point::max());
    c.on(flows::answered{0, {200, {}, good}, {}}, now);
    BOOST_TEST(is_done(c));
    BOOST_TEST(is_done(c));
    BOOST_CHECK(std::move(c).take().value().status == publish::article_status::in_review);
}

BOOST_AUTO_TEST_CASE(an_error_comes_out_as_it_is) {
    call<query> c(query{"m"});
    asked(c);
    c.on(flows::failed{0, error(errc::timeout, "why")}, now);
    BOOST_TEST(is_done(c));
    BOOST_CHECK(std::move(c).take().error() == error(errc::timeout, "why"));

    call<query> refused(query{"m"});
    asked(refused);
    refused.on(flows::answered{0, {200, {}, R"({"errcode":40007,"errmsg":"x"})"}}, now);
    BOOST_TEST(std::move(refused).take().error().api_code() == 40007);
}

// What somebody has looked at already is not read again: the refusal is taken at its word.
BOOST_AUTO_TEST_CASE(a_refusal_that_is_known_is_passed_on) {
    call<query> c(query{"m"});
    asked(c);
    c.on(flows::answered{0, {200, {}, "anything"}, error::from_api(45009, "why rid: 1-2")}, now);
    const auto r = std::move(c).take();
    BOOST_TEST(r.error().api_code() == 45009);
    BOOST_TEST(r.error().rid() == "1-2");

    call<publish::submit> submitted(publish::submit{"m"});
    BOOST_REQUIRE(std::holds_alternative<flows::send>(submitted.next(now)));
    submitted.on(flows::answered{0, {}, error::from_api(40007, "abnormal status")}, now);
    BOOST_CHECK(std::move(submitted).take().error() == errc::already_submitted);
}

BOOST_AUTO_TEST_CASE(nothing_is_sent_of_what_cannot_be_prepared) {
    call<query> c(query{"\xff"});
    BOOST_TEST(ended_with(c, errc::invalid_utf8));
}

BOOST_AUTO_TEST_CASE(events_that_were_not_asked_for_end_it) {
    const flows::event unasked[] = {flows::answered{0, {200, {}, good}, {}}, flows::fetched{0, {}, "x"},
                                    flows::failed{0, error(errc::timeout)}};
    for (const auto& e : unasked) {
        call<query> c(query{"m"});
        c.on(e, now);
        BOOST_TEST(ended_with(c, errc::unexpected_event));
    }
    const flows::event wrong[] = {flows::answered{1, {200, {}, good}, {}}, flows::fetched{0, {}, "x"},
                                  flows::fetched{1, "x", {}}, flows::failed{1, error(errc::timeout)}};
    for (const auto& e : wrong) {
        call<query> c(query{"m"});
        asked(c);
        c.on(e, now);
        BOOST_TEST(ended_with(c, errc::unexpected_event));
    }
}

BOOST_AUTO_TEST_CASE(nothing_changes_after_the_end) {
    call<query> c(query{"m"});
    asked(c);
    c.on(flows::answered{0, {200, {}, good}, {}}, now);
    c.on(flows::answered{0, {200, {}, "garbage"}, {}}, now);
    c.on(flows::failed{0, error(errc::timeout)}, now);
    c.on(flows::fetched{7, {}, {}}, now);
    c.cancel();
    BOOST_TEST(is_done(c));
    BOOST_TEST(std::move(c).take().has_value());
}

BOOST_AUTO_TEST_CASE(cancelled_at_any_time) {
    call<query> before(query{"m"});
    before.cancel();
    BOOST_TEST(ended_with(before, errc::cancelled));

    call<query> under_way(query{"m"});
    asked(under_way);
    under_way.cancel();
    under_way.on(flows::answered{0, {200, {}, good}, {}}, now);  // too late
    BOOST_TEST(ended_with(under_way, errc::cancelled));

    call<openapi::clear_quota> once(openapi::clear_quota{"wx1"});
    once.cancel();
    BOOST_CHECK(std::move(once).take().error() == errc::cancelled);
    call<openapi::clear_quota> lost(openapi::clear_quota{"wx1"});
    BOOST_REQUIRE(std::holds_alternative<flows::send>(lost.next(now)));
    lost.cancel();
    BOOST_CHECK(std::move(lost).take().error() == errc::outcome_unknown);

    call<query> faulty(query{"\xff"});
    faulty.cancel();
    BOOST_TEST(ended_with(faulty, errc::invalid_utf8));
}

BOOST_AUTO_TEST_CASE(taken_too_early_it_has_nothing) {
    call<query> c(query{"m"});
    BOOST_CHECK(std::move(c).take().error() == errc::unexpected_event);
}

BOOST_AUTO_TEST_CASE(its_options_reach_the_answer) {
    options o;
    o.max_response = good.size() - 1;
    call<query> c(query{"m"}, o);
    const auto a = asked(c);
    BOOST_TEST(std::get<flows::send>(a).request->max_response == o.max_response);
    c.on(flows::answered{0, {200, {}, good}, {}}, now);
    BOOST_TEST(ended_with(c, errc::too_large));
}

BOOST_AUTO_TEST_CASE(a_client_adds_the_token_of_the_moment) {
    testing::scripted_transport script;
    script.reply(good)
        .reply(R"({"errcode":42001,"errmsg":"access_token expired"})")
        .fail(error(errc::connection_lost))
        .reply(good);
    client wx(std::move(script));
    wx.access_token(secret("A"));
    const query op{"m"};
    BOOST_TEST(wx(op).has_value());
    BOOST_CHECK(wx(op).error() == condition::token_rejected);
    wx.access_token(secret("B"));
    BOOST_CHECK(wx(op).error() == condition::outcome_unknown);
    BOOST_TEST(wx(op).has_value());
    const auto& sent = wx.next_layer().sent();
    BOOST_REQUIRE(sent.size() == 4u);
    BOOST_TEST(sent[0].target.reveal().ends_with("?access_token=A"));
    BOOST_TEST(sent[3].target.reveal().ends_with("?access_token=B"));
    BOOST_TEST(sent[3].safe_target.ends_with("?access_token=***"));
    BOOST_TEST(wx.next_layer().left() == 0u);
    BOOST_CHECK(wx(op).error() == errc::unexpected_event);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
