// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/material/get_materialcount.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/quota.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/transport/memory_token_store.hpp>
#include <wxmp/transport/token_policy.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(flow_quota)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;

static_assert(flow<read_quota>);

struct office {
    testing::platform p;
    testing::account& owner{p.add_account("wx1", secret("s1"))};
    memory_token_store store;
    wxmp::client<testing::platform_transport, token_policy<memory_token_store>> c{
        testing::platform_transport(p), options{},
        token_policy(store, auth::stable_token{.appid = "wx1", .secret = secret("s1")})};
};

BOOST_AUTO_TEST_CASE(tells_what_is_left_of_each_call) {
    office o;
    o.p.rules().calls_a_day_of["/cgi-bin/draft/count"] = 3;
    for (int i = 0; i != 2; ++i) o.c(draft::count{}).value();
    const auto left = o.c.run(read_quota::of<draft::count, material::get_materialcount>()).value();
    BOOST_TEST_REQUIRE(left.size() == 2u);
    BOOST_TEST(left[0].cgi_path == "/cgi-bin/draft/count");
    BOOST_TEST(left[0].day.daily_limit == 3);
    BOOST_TEST(left[0].day.used == 2);
    BOOST_TEST(left[0].day.remain == 1);
    BOOST_TEST(left[0].is_left());
    BOOST_TEST(left[1].day.used == 0);
    BOOST_CHECK(left[0].resets_at == wall_time(1'767'283'200s));  // midnight of 2026-01-02 in Beijing

    o.c(draft::count{}).value();
    BOOST_TEST(o.c(draft::count{}).error().api_code() == 45009);
    BOOST_TEST(!o.c.run(read_quota({"/cgi-bin/draft/count"})).value()[0].is_left());
    o.c.next_layer().clock().advance(left[0].resets_at - o.c.next_layer().now().wall);
    BOOST_TEST(o.c(draft::count{}).has_value());
}

BOOST_AUTO_TEST_CASE(clears_nothing_by_itself) {
    office o;
    o.c.run(read_quota::of<draft::count>()).value();
    for (const auto* path :
         {"/cgi-bin/clear_quota", "/cgi-bin/clear_quota/v2", "/cgi-bin/openapi/quota/clear"})
        BOOST_TEST(o.p.calls(path) == 0u);
}

BOOST_AUTO_TEST_CASE(reads_the_rate_where_there_is_one) {
    testing::scripted_transport t;
    t.reply(R"({"errcode":0,"quota":{"daily_limit":9,"used":9,"remain":0},)"
            R"("rate_limit":{"call_count":5,"refresh_second":60}})");
    const auto left = client(std::ref(t)).run(read_quota({"/a"})).value();
    BOOST_TEST(left[0].rate.value().call_count == 5);
    BOOST_TEST(!left[0].is_left());
}

BOOST_AUTO_TEST_CASE(nothing_costs_nothing) {
    testing::scripted_transport t;
    BOOST_TEST(client(std::ref(t)).run(read_quota({})).value().empty());
    BOOST_TEST(t.sent().empty());
}

BOOST_AUTO_TEST_CASE(ends_with_the_first_error) {
    testing::scripted_transport t;
    t.reply(R"({"errcode":76021,"errmsg":"cgi_path not found"})");
    BOOST_TEST(client(std::ref(t)).run(read_quota({"/a", "/b"})).error().api_code() == 76021);
    BOOST_CHECK(client(std::ref(t)).run(read_quota({"no path"})).error() == errc::limit_exceeded);
    BOOST_TEST(t.sent().size() == 1u);
}

BOOST_AUTO_TEST_CASE(is_cancelled_and_takes_nothing_unexpected) {
    read_quota f({"/a", "/b"});
    BOOST_CHECK(std::holds_alternative<flows::send>(f.next({})));
    f.cancel();
    f.on(flows::answered{}, {});
    BOOST_CHECK(std::holds_alternative<flows::done>(f.next({})));
    BOOST_CHECK(std::move(f).take().error() == errc::cancelled);
    read_quota early({"/a"});
    early.on(flows::answered{}, {});
    BOOST_CHECK(std::move(early).take().error() == errc::unexpected_event);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
