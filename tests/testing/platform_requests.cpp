// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/stable_token.hpp>

#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(testing_platform_requests)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using publish::query;
using upload_video::init_upload;

error refusal(const http::response& r) { return complete<query>(r).error(); }

// The answer to a request whose verb, target and headers are these.
http::response send(world& w, method verb, std::string target, std::vector<http::header> headers = {}) {
    http::request r;
    r.verb = verb;
    r.safe_target = std::move(target);
    r.target = secret(r.safe_target);
    r.needs_token = true;
    r.headers = std::move(headers);
    return w.send(std::move(r));
}

BOOST_AUTO_TEST_CASE(the_wrong_method_is_named) {
    world w;
    BOOST_TEST(refusal(send(w, method::get, "/cgi-bin/publish/query")).api_code() == 43002);
    BOOST_TEST(refusal(send(w, method::post, "/cgi-bin/token")).api_code() == 43001);
}

BOOST_AUTO_TEST_CASE(an_unknown_path_is_not_found) {
    world w;
    const auto why = refusal(send(w, method::get, "/cgi-bin/nothing"));
    BOOST_TEST(why.api_code() == 40066);
    BOOST_TEST(why.http_status() == 404);
}

BOOST_AUTO_TEST_CASE(an_unknown_action_is_refused) {
    world w;
    BOOST_TEST(refusal(send(w, method::post, "/cgi-bin/material/upload_video")).api_code() == 40035);
    BOOST_TEST(refusal(send(w, method::post, "/cgi-bin/material/upload_video?action=x")).api_code() == 40035);
    BOOST_TEST(refusal(send(w, method::post, "/cgi-bin/publish/query?action=x")).api_code() == 40035);
    BOOST_TEST(refusal(send(w, method::get, "/cgi-bin/token?appid=%2")).api_code() == 40035);
}

BOOST_AUTO_TEST_CASE(chunked_bodies_are_refused) {
    world w;
    const auto why =
        refusal(send(w, method::post, "/cgi-bin/publish/query", {{"transfer-encoding", "chunked"}}));
    BOOST_TEST((why == errc::http_status));
    BOOST_TEST(why.http_status() == 412);
}

BOOST_AUTO_TEST_CASE(json_bodies_are_checked) {
    world w;
    BOOST_TEST(w.code_of_post<query>("") == 44002);
    BOOST_TEST(w.code_of_post<query>("media_id=x") == 47001);
    BOOST_TEST(w.code_of_post<query>(R"(["x"])") == 47001);
    BOOST_TEST(w.code_of_post<query>("{\"media_id\":\"a\nb\"}") == 47001);
    BOOST_TEST(w.code_of_post<query>(std::string(100, '[')) == 47001);
    BOOST_TEST(w.code_of_post<query>(R"({"media_id":7})") == 47001);
    BOOST_TEST(w.code_of_post<query>("{\"media_id\":\"\xff\"}") == 44001);
    BOOST_TEST(w.code_of_post<query>(R"({"media_id":"x","other":[1,{}]})") == 40007);
}

BOOST_AUTO_TEST_CASE(escaped_text_is_refused_but_escaped_controls_are_not) {
    world w;
    BOOST_TEST(w.code_of_post<query>(R"({"media_id":"\u4e2d"})") == 40033);
    BOOST_TEST(w.code_of_post<query>(R"({"media_id":"\u0041"})") == 40033);
    BOOST_TEST(w.code_of_post<query>(R"({"media_id":"\u0001\u001f\u007f\n\\u4e2d\"\/"})") == 40007);
}

BOOST_AUTO_TEST_CASE(missing_members_have_their_own_codes) {
    world w;
    BOOST_TEST(w.code_of_post<query>("{}") == 41006);
    BOOST_TEST(w.code_of_post<publish::uploadnews>("{}") == 44003);
    BOOST_TEST(w.code_of_post<publish::uploadnews>(R"({"articles":{}})") == 47001);
    BOOST_TEST(w.code_of_post<publish::submit>(R"({"media_id":"x","msgtype":"text"})") == 40008);
    BOOST_TEST(w.code_of_post<init_upload>(R"({"filename":"a.mp4","filesize":1})") == 41011);
    BOOST_TEST(w.code_of_post<init_upload>(R"({"filename":"a.mp4","filesha":"x","filesize":1})") == 40097);
    const auto why = refusal(w.post("/cgi-bin/publish/uploadnews", R"({"articles":[{}]})"));
    BOOST_TEST(why.api_code() == 41011);
    BOOST_TEST(why.detail().find("hint: [/articles/0/title]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(errors_have_the_words_of_the_catalogue_and_a_rid) {
    world w;
    const auto why = w.ask(query{"x"}).error();
    BOOST_TEST(why.detail().starts_with("invalid media_id rid: "));
    BOOST_TEST(why.rid().size() == 26u);
    BOOST_TEST((why == condition::not_found));
    BOOST_TEST(w.ask(query{"x"}).error().rid() != why.rid());
    BOOST_TEST(world().ask(query{"x"}).error().rid() == why.rid());
}

BOOST_AUTO_TEST_CASE(video_errors_say_ret_except_for_tokens) {
    world w;
    const std::string path = "/cgi-bin/material/upload_video?action=upload_finish&vid=x";
    BOOST_TEST(send(w, method::post, path).body.starts_with(R"({"ret":40218,"errmsg":)"));
    w.token = secret("made up");
    BOOST_TEST(send(w, method::post, path).body.starts_with(R"({"errcode":40014,"errmsg":)"));
}

BOOST_AUTO_TEST_CASE(calls_are_counted_by_name) {
    world w;
    w.code_of(query{"x"});
    w.code_of(query{"x"});
    BOOST_TEST(w.p.calls<query>() == 2u);
    BOOST_TEST(w.p.calls<auth::token>() == 1u);
    BOOST_TEST(w.p.calls("/cgi-bin/material/upload_video?action=save_video") == 0u);
    BOOST_TEST(w.p.calls<publish::submit>() == 0u);
}

BOOST_AUTO_TEST_CASE(the_allowance_of_a_day_ends_at_midnight_in_beijing) {
    platform_rules rules;
    rules.calls_a_day_of = {{"/cgi-bin/publish/query", 2}};
    world w(rules);
    BOOST_TEST(w.code_of(query{"x"}) == 40007);
    BOOST_TEST(w.code_of(query{"x"}) == 40007);
    BOOST_TEST((w.ask(query{"x"}).error() == condition::quota_exhausted));
    BOOST_TEST(w.code_of(query{"x"}) == 45009);
    BOOST_TEST(w.code_of(publish::submit{"x"}) == 40007);
    w.pass(std::chrono::hours(12) - std::chrono::milliseconds(1));
    w.sign_in();
    BOOST_TEST(w.code_of(query{"x"}) == 45009);
    w.pass(std::chrono::milliseconds(1));
    BOOST_TEST(w.code_of(query{"x"}) == 40007);
}

BOOST_AUTO_TEST_CASE(token_calls_have_an_allowance_too) {
    platform_rules rules;
    rules.calls_a_day_of = {{"/cgi-bin/token", 1}};
    world w(rules);
    BOOST_TEST(w.code_of(auth::token{{}, "wx1", secret("s1")}) == 45009);
    BOOST_TEST(w.code_of(auth::stable_token{{}, "wx1", secret("s1")}) == 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
