// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/openapi/clear_quota.hpp>
#include <wxmp/flow/call.hpp>
#include <wxmp/flow/with_policies.hpp>

#include <boost/test/unit_test.hpp>

#include "at_once.hpp"
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_failover_policy)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using wxmp_test::burst;
using wxmp_test::numbered_request;
using wxmp_test::stepper;

constexpr time_point begin{500'000h};

// Hosts that fail in their own way, or answer; and who was asked.
struct world {
    std::map<std::string, errc> down{};
    std::vector<std::string> asked{};
    time_point now = begin;
    failover_policy policy{};

    result<http::response> operator()(const http::request& r, time_point) {
        asked.push_back(r.host.substr(0, r.host.find('.')));
        const auto found = down.find(asked.back());
        if (found != down.end()) return error(found->second);
        return http::response{200, {}, R"({"errcode":0,"total_count":1})"};
    }

    template <flow F> auto steps(F f) {
        static const options any;
        return stepper(with_policies(std::move(f), {.failover = &policy}, any));
    }
    template <operation Op> auto make(Op op, options o = {}) {
        return steps(call(std::move(op), o)).run(std::ref(*this), now);
    }
    auto count(options o = {}) { return make(draft::count{}, std::move(o)); }

    std::vector<std::string> take() { return std::exchange(asked, {}); }
};

using names = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(asks_the_own_host_while_it_can_be_reached) {
    world w;
    BOOST_TEST(w.count().has_value());
    BOOST_TEST(w.count().has_value());
    BOOST_TEST(w.take() == (names{"api", "api"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(stays_with_the_host_that_was_reached_and_comes_back) {
    world w;
    w.down = {{"api", errc::connect_failed}, {"api2", errc::connect_failed}};
    BOOST_TEST(w.count().has_value());
    BOOST_TEST(w.take() == (names{"api", "api2", "sh"}), boost::test_tools::per_element());
    BOOST_TEST(w.make(openapi::clear_quota{"wx1"}).has_value());  // nothing was sent: any request
    w.now += 600s - 1ms;
    BOOST_TEST(w.count().has_value());
    BOOST_TEST(w.take() == (names{"sh", "sh"}), boost::test_tools::per_element());
    w.now += 1ms;
    BOOST_TEST(w.count().has_value());
    BOOST_TEST(w.take() == (names{"api", "api2", "sh"}), boost::test_tools::per_element());
    w.down.clear();
    w.now += 600s;
    BOOST_TEST(w.count().has_value());
    BOOST_TEST(w.take() == names{"api"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(goes_on_from_the_host_it_stays_with) {
    world w;
    w.down = {{"api", errc::connect_failed}};
    BOOST_TEST(w.count().has_value());
    w.down = {{"api2", errc::connect_failed},
              {"hk", errc::connect_failed},
              {"sz", errc::connect_failed},
              {"sh", errc::connect_failed}};
    w.take();
    BOOST_TEST(w.count().has_value());
    BOOST_TEST(w.take() == (names{"api2", "sh", "sz", "hk", "api"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(changes_only_where_nothing_can_have_been_taken) {
    for (const auto e : {errc::timeout, errc::connection_lost, errc::stale_connection, errc::too_large,
                         errc::cancelled, errc::source_failed}) {
        world w;
        w.down = {{"api", e}};
        BOOST_CHECK(w.count().error() == e);
        BOOST_TEST(w.take() == names{"api"}, boost::test_tools::per_element());
    }
    // One that broke off at the next host was reached all the same.
    world w;
    w.down = {{"api", errc::connect_failed}, {"api2", errc::timeout}};
    BOOST_CHECK(w.count().error() == errc::timeout);
    BOOST_CHECK(w.count().error() == errc::timeout);
    BOOST_TEST(w.take() == (names{"api", "api2", "api2"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(gives_up_when_no_host_can_be_reached) {
    world w;
    for (const auto* host : {"api", "api2", "sh", "sz", "hk"}) w.down[host] = errc::connect_failed;
    BOOST_CHECK(w.count().error() == errc::connect_failed);
    BOOST_TEST(w.take() == (names{"api", "api2", "sh", "sz", "hk"}), boost::test_tools::per_element());
    BOOST_CHECK(w.count().error() == errc::connect_failed);
    BOOST_TEST(w.take()[0] == "api");
}

BOOST_AUTO_TEST_CASE(begins_with_the_host_of_the_caller) {
    world w;
    options o;
    o.host = "sz.api.weixin.qq.com";
    BOOST_TEST(w.count(o).has_value());
    w.down = {{"sz", errc::connect_failed}, {"hk", errc::connect_failed}};
    BOOST_TEST(w.count(o).has_value());
    BOOST_TEST(w.take() == (names{"sz", "sz", "hk", "api"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leaves_other_hosts_alone) {
    world w;
    options o;
    o.host = "localhost.";
    w.down = {{"localhost", errc::connect_failed}};
    BOOST_CHECK(w.count(o).error() == errc::connect_failed);
    BOOST_TEST(w.take() == names{"localhost"}, boost::test_tools::per_element());
    w.down["api"] = errc::connect_failed;
    BOOST_TEST(w.count().has_value());  // now another host comes first
    w.take();
    BOOST_CHECK(w.count(o).error() == errc::connect_failed);
    BOOST_TEST(w.take() == names{"localhost"}, boost::test_tools::per_element());

    w.policy = failover_policy({"localhost.", "sh.api.weixin.qq.com"}, 1s);
    BOOST_TEST(w.count(o).has_value());
    BOOST_TEST(w.take() == (names{"localhost", "sh"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sends_the_same_request_to_each_host) {
    std::vector<std::string> bodies;
    world w;
    const auto serve = [&](const http::request& r, time_point) -> result<http::response> {
        bodies.push_back(r.body.text() + r.safe_target);
        return error(errc::connect_failed);
    };
    BOOST_TEST(w.steps(call(openapi::clear_quota{"wx1"})).run(serve, w.now).has_error());
    BOOST_TEST(bodies == names(5, R"({"appid":"wx1"}/cgi-bin/clear_quota)"),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(pauses_between_rounds_with_retries) {
    world w;
    for (const auto* host : {"api", "api2", "sh", "sz", "hk"}) w.down[host] = errc::connect_failed;
    const retry_policy twice{.pauses = {.tries = 2, .first = 500ms}};
    const options o;
    stepper steps(with_policies(call(draft::count{}), {.retry = &twice, .failover = &w.policy}, o));
    BOOST_CHECK(steps.run(std::ref(w), w.now).error() == errc::connect_failed);
    BOOST_TEST(w.asked.size() == 10u);
    BOOST_CHECK(w.now == begin + 500ms);
}

BOOST_AUTO_TEST_CASE(several_at_once_find_their_way) {
    world w;
    w.down = {{"api", errc::connect_failed}};
    std::vector<numbered_request> many;
    for (flows::request_id i = 0; i != 6; ++i) {
        http::request r;
        r.host = "api.weixin.qq.com";
        many.push_back({i, std::move(r)});
    }
    const auto got = w.steps(burst(many)).run(std::ref(w), w.now, {}, stepper<burst>::last).value();
    for (const auto& one : got) BOOST_TEST(one[0] == '+');
    BOOST_TEST(w.asked.size() == 12u);
    w.take();
    BOOST_TEST(w.count().has_value());
    BOOST_TEST(w.take() == names{"api2"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_choice_is_a_value) {
    detail::host_choice a;
    BOOST_TEST(a.at(begin) == 0u);
    a.stay(3, begin + 1s);
    const auto b = a;
    a.stay(4, begin);
    BOOST_TEST(b.at(begin + 1s - 1ms) == 3u);
    BOOST_TEST(b.at(begin + 1s) == 0u);
    BOOST_TEST(a.at(begin) == 0u);
    a.stay(255, time_point::max());
    BOOST_TEST(a.at(begin + 24h * 36'500) == 255u);
    a.stay(1, time_point::min());
    BOOST_TEST(a.at(begin) == 0u);
    BOOST_TEST(a.at(time_point()) == 0u);
    a = b;
    BOOST_TEST(a.at(begin) == 3u);
}

BOOST_AUTO_TEST_CASE(is_cancelled_at_any_step) {
    for (int steps = 0; steps != 6; ++steps) {
        world w;
        w.down = {{"api", errc::connect_failed}, {"api2", errc::connect_failed}};
        auto run = w.steps(call(draft::count{}));
        for (int i = 0; i != steps && !run.outcome(); ++i)
            if (!run.ask(w.now)) run.answer(std::ref(w), w.now);
        if (run.outcome()) continue;
        run.flow().cancel();
        BOOST_CHECK(run.run(std::ref(w), w.now).error() == errc::cancelled);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
