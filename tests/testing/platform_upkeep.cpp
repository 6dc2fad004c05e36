// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/openapi/clear_quota.hpp>
#include <wxmp/api/openapi/clear_quota_v2.hpp>
#include <wxmp/api/openapi/quota_clear.hpp>
#include <wxmp/api/openapi/quota_get.hpp>
#include <wxmp/api/openapi/rid_get.hpp>

#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(testing_platform_upkeep)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace wxmp::openapi;
using namespace std::chrono_literals;
using publish::query;

platform_rules two_queries() {
    platform_rules rules;
    rules.calls_a_day_of = {{"/cgi-bin/publish/query", 2}, {"/cgi-bin/draft/count", 1}};
    return rules;
}

// Both calls that have an allowance, until it is used up.
void use_up(world& w) {
    while (w.code_of(query{"x"}) != 45009) {
    }
    while (w.code_of(draft::count{}) != 45009) {
    }
}

BOOST_AUTO_TEST_CASE(a_quota_can_be_looked_up) {
    world w(two_queries());
    const auto left = [&](std::string path) { return w.ask(quota_get{std::move(path)}).value().quota; };
    BOOST_TEST(left("/cgi-bin/publish/query").used == 0);
    w.code_of(query{"x"});
    BOOST_TEST(left("/cgi-bin/publish/query").used == 1);
    BOOST_TEST(left("/cgi-bin/publish/query").remain == 1);
    BOOST_TEST(left("/cgi-bin/publish/query").daily_limit == 2);
    use_up(w);
    BOOST_TEST(left("/cgi-bin/publish/query").remain == 0);
    BOOST_TEST(left("/cgi-bin/material/upload_video").daily_limit == 1'000'000);
    BOOST_TEST(left("/cgi-bin/token").used == 1);
    w.pass(12h);
    w.sign_in();
    BOOST_TEST(left("/cgi-bin/publish/query").remain == 2);
    BOOST_TEST(w.code_of(quota_get{"/cgi-bin/nothing"}) == 76021);
    BOOST_TEST(w.code_of(quota_get{"/cgi-bin/publish/query?x=%"}) == 76021);
    BOOST_TEST(w.code_of_post<quota_get>("{}") == 76021);
}

BOOST_AUTO_TEST_CASE(all_counters_can_be_cleared) {
    world w(two_queries());
    use_up(w);
    BOOST_TEST(w.code_of(clear_quota{"wx2"}) == 40013);
    BOOST_TEST(w.code_of(query{"x"}) == 45009);
    w.ask(clear_quota{"wx1"}).value();
    BOOST_TEST(w.code_of(query{"x"}) == 40007);
    BOOST_TEST(w.code_of(draft::count{}) == 0);
}

BOOST_AUTO_TEST_CASE(all_counters_can_be_cleared_without_a_token) {
    platform_rules rules;
    rules.calls_a_day_of = {{"/cgi-bin/token", 1}};
    world w(rules);
    const auth::token sign_in{{}, "wx1", secret("s1")};
    BOOST_TEST(w.code_of(sign_in) == 45009);
    w.token = secret();
    BOOST_TEST(w.code_of(clear_quota_v2{"wx1", secret("x")}) == 40125);
    BOOST_TEST(w.code_of(clear_quota_v2{"wx2", secret("s1")}) == 40013);
    BOOST_TEST(w.code_of(clear_quota_v2{"wx1", secret("s1")}) == 0);
    BOOST_TEST(w.code_of(sign_in) == 0);
}

BOOST_AUTO_TEST_CASE(one_counter_can_be_cleared) {
    world w(two_queries());
    use_up(w);
    w.ask(quota_clear{"/cgi-bin/publish/query"}).value();
    BOOST_TEST(w.code_of(query{"x"}) == 40007);
    BOOST_TEST(w.code_of(draft::count{}) == 45009);
    BOOST_TEST(w.code_of(quota_clear{"/cgi-bin/nothing"}) == 76021);
}

BOOST_AUTO_TEST_CASE(ten_times_a_month_by_all_ways_together) {
    world w;
    w.pass(30 * 24h + 11h + 59min + 59s);  // the last second of January in Beijing
    w.sign_in();
    for (int i = 0; i != 3; ++i) BOOST_TEST(w.code_of(clear_quota{"wx1"}) == 0);
    for (int i = 0; i != 3; ++i) BOOST_TEST(w.code_of(clear_quota_v2{"wx1", secret("s1")}) == 0);
    for (int i = 0; i != 4; ++i) BOOST_TEST(w.code_of(quota_clear{"/cgi-bin/draft/count"}) == 0);
    BOOST_TEST(w.code_of(clear_quota{"wx1"}) == 48006);
    BOOST_TEST((w.ask(clear_quota_v2{"wx1", secret("s1")}).error() == condition::quota_exhausted));
    BOOST_TEST(w.code_of(quota_clear{"/cgi-bin/draft/count"}) == 48006);
    w.pass(1s);
    BOOST_TEST(w.code_of(clear_quota{"wx1"}) == 0);
}

BOOST_AUTO_TEST_CASE(a_failed_exchange_can_be_looked_up) {
    world w;
    const auto rid = w.ask(query{"x"}).error().rid();
    w.pass(5s);
    const auto e = w.ask(rid_get{rid}).value().request;
    BOOST_TEST(e.invoke_time.value().time_since_epoch().count() == 1'767'240'000);
    BOOST_TEST(e.cost_in_ms.has_value());
    BOOST_TEST(e.redacted_url() == "https://api.weixin.qq.com/cgi-bin/publish/query?access_token=***");
    BOOST_TEST(e.request_url.reveal().find(w.token.reveal()) != std::string::npos);
    BOOST_TEST(e.request_body.reveal() == R"({"media_id":"x"})");
    BOOST_TEST(e.response_body.reveal().find("rid: " + rid) != std::string::npos);
    BOOST_TEST(e.client_ip.value() == "127.0.0.1");
    BOOST_TEST(w.code_of(rid_get{"x"}) == 76001);
    BOOST_TEST(w.code_of_post<rid_get>(R"({"rid":""})") == 76002);
    BOOST_TEST(w.code_of_post<rid_get>("{}") == 76002);
}

BOOST_AUTO_TEST_CASE(an_injected_error_can_be_looked_up) {
    world w;
    w.p.inject({.call = "/cgi-bin/publish/query", .what = fault::error_code{-1}});
    const auto rid = w.ask(query{"x"}).error().rid();
    BOOST_TEST(w.ask(rid_get{rid}).value().request.response_body.take().find("system error") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(not_by_another_account) {
    world w;
    w.p.add_account("wx2", secret("s2"));
    const auto rid = w.ask(query{"x"}).error().rid();
    const auto own = w.token;
    w.token = w.ask(auth::token{{}, "wx2", secret("s2")}).value().access_token;
    BOOST_TEST(w.code_of(rid_get{rid}) == 76003);
    w.token = own;
    BOOST_TEST(w.code_of(rid_get{rid}) == 0);
    const auto unowned = w.ask(auth::token{{}, "wx1", secret("x")}).error().rid();
    BOOST_TEST(w.code_of(rid_get{unowned}) == 76003);
}

BOOST_AUTO_TEST_CASE(also_with_a_token_that_is_over) {
    world w;
    w.pass(7'200s);
    const auto why = w.ask(query{"x"}).error();
    BOOST_TEST(why.api_code() == 42001);
    w.sign_in();
    BOOST_TEST(w.code_of(rid_get{why.rid()}) == 0);
}

BOOST_AUTO_TEST_CASE(exchanges_are_forgotten) {
    platform_rules rules;
    rules.remembered_exchanges = 3;
    world w(rules);
    const auto first = w.ask(query{"x"}).error().rid();
    w.code_of(query{"x"});
    w.code_of(query{"x"});
    BOOST_TEST(w.code_of(rid_get{first}) == 0);
    const auto last = w.ask(query{"x"}).error().rid();
    BOOST_TEST(w.code_of(rid_get{first}) == 76001);
    BOOST_TEST(w.p.failed_exchanges().all().size() == 3u);
    w.pass(7 * 24h);
    w.sign_in();
    BOOST_TEST(w.code_of(rid_get{last}) == 0);
    w.pass(1ms);
    BOOST_TEST(w.code_of(rid_get{last}) == 76004);
}

BOOST_AUTO_TEST_CASE(bytes_are_not_remembered) {
    world w;
    const std::string zeros(5'000, '\0');
    const auto form =
        form_data().add_file("media", {"a.webp", {zeros}}).encode(without_limits().random).value();
    const auto refused = w.post("/cgi-bin/media/uploadimg", form.body.text(), form.content_type);
    const auto rid = complete<media::uploadimg>(refused).error().rid();
    BOOST_TEST(w.ask(rid_get{rid}).value().request.request_body.take() ==
               '(' + std::to_string(form.body.size()) + " bytes)");
    const auto second = complete<query>(w.post("/cgi-bin/publish/query", "\xff")).error().rid();
    BOOST_TEST(w.ask(rid_get{second}).value().request.request_body.take() == "(1 bytes)");
}

BOOST_AUTO_TEST_CASE(a_call_can_be_forbidden) {
    world w;
    w.owner.forbidden = {"/cgi-bin/freepublish/batchget"};
    const auto why = w.ask(freepublish::batchget{0, 10}).error();
    BOOST_TEST(why.api_code() == 48001);
    BOOST_TEST((why == condition::permission_denied));
    BOOST_TEST(w.code_of(draft::count{}) == 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
