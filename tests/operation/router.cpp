// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/api/upload_video/upload_finish.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/operation/router.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(operation_router)

namespace {

using namespace wxmp;
using publish::query;
using upload_video::query_status;
using upload_video::upload_finish;

router<int&> calls() {
    router<int&> r;
    r.on<query>([](const query& op, int& n) -> result<query::response> {
        ++n;
        if (op.media_id != "known") return error::from_api(40007, "invalid media_id");
        return query::response{publish::article_status::published, "url"};
    });
    r.on<upload_finish>([](const upload_finish&, int& n) {
        return n = 100, result<upload_finish::response>(upload_finish::response{});
    });
    r.on<query_status>([](const query_status&, int&) {
        return result<http::response>(http::response{204, {}, "as it is"});
    });
    return r;
}

http::request to(method verb, std::string target) {
    http::request r;
    r.verb = verb;
    r.target = secret(std::move(target));
    return r;
}

error why_not(http::request r) {
    int n = 0;
    return calls()(r, n).error();
}

BOOST_AUTO_TEST_CASE(a_request_reaches_its_handler) {
    int n = 0;
    const auto answer = calls()(prepare(query{"known"}).value(), n);
    BOOST_TEST(complete<query>(answer.value()).value().url.value() == "url");
    BOOST_TEST(n == 1);
}

BOOST_AUTO_TEST_CASE(the_action_tells_calls_of_one_path_apart) {
    int n = 0;
    BOOST_TEST(calls()(prepare(upload_finish{"v"}).value(), n).value().body == R"({"ret":0})");
    BOOST_TEST(n == 100);
    BOOST_TEST(calls()(prepare(query_status{"m"}).value(), n).value().status == 204);
}

BOOST_AUTO_TEST_CASE(a_handler_may_refuse) {
    BOOST_TEST(why_not(prepare(query{"other"}).value()).api_code() == 40007);
}

BOOST_AUTO_TEST_CASE(a_request_that_does_not_fit_is_the_readers_error) {
    auto r = prepare(query{"known"}).value();
    r.body = http::body("{}");
    BOOST_TEST((why_not(r) == errc::missing_member));
    BOOST_TEST(why_not(r).detail() == "/media_id");
}

BOOST_AUTO_TEST_CASE(what_is_no_call_is_named) {
    const auto unknown = why_not(to(method::get, "/cgi-bin/token?secret=x"));
    BOOST_TEST((unknown == errc::unknown_call));
    BOOST_TEST(unknown.detail() == "/cgi-bin/token");
    BOOST_TEST(why_not(to(method::get, "/cgi-bin/publish/query")).api_code() == 43002);
    BOOST_TEST((why_not(to(method::post, "/cgi-bin/material/upload_video")) == errc::missing_member));
    const auto action = why_not(to(method::post, "/cgi-bin/material/upload_video?action=x"));
    BOOST_TEST((action == errc::wrong_type));
    BOOST_TEST(action.detail() == "/action");
    BOOST_TEST((why_not(to(method::post, "/cgi-bin/publish/query?a=%")) == errc::bad_query));
}

BOOST_AUTO_TEST_CASE(a_post_where_a_get_is_due) {
    router<> r;
    r.on<auth::token>([](const auth::token&) { return result<auth::token_grant>(auth::token_grant{}); });
    BOOST_TEST(r(to(method::post, "/cgi-bin/token")).error().api_code() == 43001);
}

BOOST_AUTO_TEST_CASE(a_route_knows_its_endpoint) {
    const auto r = calls();
    const auto* route = r.find(prepare(query{"known"}).value()).value();
    BOOST_TEST(&route->at() == &query::at);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
