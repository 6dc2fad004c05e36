// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// The simulator runs out of memory at each allocation of each call: it is then as if the request had not arrived, or
// as if its response was lost, and goes on.
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/testing/transcript.hpp>
#include <wxmp/wxmp.hpp>

#include <boost/test/unit_test.hpp>

#include "../allocations.hpp"
#include "../thorough.hpp"
#include "every_call.hpp"
#include <map>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(testing_out_of_memory)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace wxmp_test;

std::string told(const http::response& r) {
    std::ostringstream out;
    out << r.status << '\n';
    for (const auto& h : r.headers) out << h.name << ": " << h.value << '\n';
    out << r.body;
    return out.str();
}

std::string told(const answer& a) {
    return (a.lost ? "lost\n" : "") + std::to_string(a.delay.count()) + '\n' + told(a.response);
}

http::request token_request() {
    http::request r;
    r.target =
        secret("/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=" + percent_encode(app_secret));
    return r;
}

// What can be seen of a platform; the next token and the next rid tell where the ids are.
std::string state_of(platform p, const std::string& call) {
    const auto& a = *p.find_account("wx1");
    const auto path = call.substr(0, call.find('?'));
    const auto m = a.media.materials().size() + a.media.pictures().size() + a.temporary.all().size();
    std::ostringstream out;
    out << p.calls(call) << ' ' << p.faults_left() << ' ' << p.failed_exchanges().all().size() << ' '
        << a.tokens.issued().size() << ' ' << m << ' ' << a.news.count() << ' ' << a.drafts.all().size()
        << ' ' << a.publications.all().size() << ' ' << a.library.articles().size() << ' '
        << a.videos.uploads().size() << ' ' << a.videos.videos().size() << '\n';
    id_source ids(1);
    out << a.quota.of(path, {p.rules(), ids, p.now()}).used << '\n';
    for (const auto& u : a.videos.uploads())
        out << u.received << ' ' << u.blocks.size() << ' ' << u.hashed << ' ' << u.finishes << '\n';
    for (const auto& t : a.tokens.issued()) out << t.end.time_since_epoch().count() << t.superseded << '\n';
    for (int n = 0; n != 2; ++n) out << told(p.handle(token_request(), p.now())) << '\n';
    return out.str() + told(p.handle({}, p.now()));
}

struct outcomes {
    long not_arrived = 0;
    long answer_lost = 0;
};

// Lets each allocation of a request fail, on a copy of the platform each time. Then it is sent again.
outcomes fail_each_allocation_of(const platform& p, const http::request& r, wall_time now) {
    const auto call = testing::detail::call_name(r);
    auto once = p;
    const auto first = told(once.handle(r, now));
    auto twice = once;
    const auto second = told(twice.handle(r, now));
    const auto if_not_arrived = first + state_of(once, call), if_lost = second + state_of(twice, call);
    outcomes seen;
    for_each_failure(
        [&](long n) {
            auto tried = p;
            if (!runs_out_at(n, [&] { (void)tried.handle(r, now); })) return false;
            const bool is_done = tried.calls(call) != p.calls(call);
            ++(is_done ? seen.answer_lost : seen.not_arrived);
            const auto got = told(tried.handle(r, now));
            if (got + state_of(tried, call) != (is_done ? if_lost : if_not_arrived))
                BOOST_ERROR(
                    call << ": another state after allocation " << n << " failed, "
                         << (is_done ? "the call being carried out" : "the call not being carried out"));
            return true;
        },
        wxmp_test::stride_of_failures);
    return seen;
}

BOOST_AUTO_TEST_CASE(a_call_is_carried_out_or_never_arrived) {
    office o;
    std::map<std::string, outcomes> seen;
    o.watch = [&](const platform& p, const http::request& r, wall_time now) {
        const auto more = fail_each_allocation_of(p, r, now);
        auto& all = seen[testing::detail::call_name(r)];
        all.not_arrived += more.not_arrived;
        all.answer_lost += more.answer_lost;
    };
    make_every_call(o);
    BOOST_TEST(seen.size() == o.answered().size());
    for (const auto& [call, n] : seen) {
        BOOST_TEST(n.not_arrived > 5 / wxmp_test::stride_of_failures, call);
        // The handler of get_material writes its response itself.
        BOOST_TEST(
            (n.answer_lost > 0 || !wxmp_test::is_thorough || call == call_name(material::get_material::at)),
            call);
    }
}

BOOST_AUTO_TEST_CASE(a_fault_that_was_to_come_is_still_to_come) {
    office o;
    get_tokens(o);
    auto r = prepare(draft::count{}).value();
    authorize(r, secret(o.token));
    for (const fault::any& f : {fault::any(fault::error_code{45009}), fault::any(fault::http_status{500}),
                                fault::any(fault::truncate{3}), fault::any(fault::lose_answer{}),
                                fault::any(fault::lose_request{}), fault::any(fault::expire_token{})}) {
        auto p = o.p;
        p.inject({.what = f});
        BOOST_TEST(fail_each_allocation_of(p, r, p.now()).not_arrived > 1);
        r.headers = {{"X-Wxmp-Fault", "expire"}};
        BOOST_TEST(fail_each_allocation_of(o.p, r, o.p.now()).not_arrived > 5);
        r.headers.clear();
    }
}

BOOST_AUTO_TEST_CASE(what_a_test_does_to_a_platform_is_done_or_not) {
    const auto moment = wall_time(std::chrono::seconds(1));
    const std::string long_name(40, 'n');
    const auto walk = [&](auto change, auto count) {
        platform p;
        p.add_account("wx1", secret("s"));
        const auto failures = for_each_failure([&](long n) {
            auto tried = p;
            if (!runs_out_at(n, [&] { change(tried); })) return false;
            BOOST_TEST(count(tried) == 0u);
            change(tried);
            BOOST_TEST(count(tried) == 1u);
            return true;
        });
        BOOST_TEST(failures > 0);
    };
    const auto comments = [](platform& p) -> comment_service& {
        return p.add_account("wx1", secret("s")).comments;
    };
    walk([&](platform& p) { p.add_account(long_name, secret(long_name)); },
         [&](platform& p) {
             return p.find_account(long_name) && !p.find_account(long_name)->appsecret.empty();
         });
    walk([&](platform& p) { p.inject({.call = long_name, .what = fault::lose_answer{}}); },
         [](platform& p) { return p.faults_left(); });
    walk([&](platform& p) { comments(p).add_message(7, {{}}); },
         [&](platform& p) { return comments(p).find({7}) ? 1u : 0u; });
    walk(
        [&](platform& p) {
            auto& all = comments(p);
            if (!all.find({7})) all.add_message(7, {{}});
            all.write({7}, long_name, long_name, moment);
        },
        [&](platform& p) { return comments(p).find({7}) ? comments(p).find({7})->comments.size() : 0u; });
}

BOOST_AUTO_TEST_CASE(a_transport_of_the_simulator_goes_on) {
    platform p;
    p.add_account("wx1", secret(app_secret));
    (void)platform_transport(p).send(token_request());  // makes the table of calls
    const auto failures = for_each_failure([&](long n) {
        auto tried = p;
        platform_transport t(tried);
        if (!runs_out_at(n, [&] { (void)t.send(token_request()); })) return false;
        BOOST_TEST(t.send(token_request()).value().status == 200);
        return true;
    });
    BOOST_TEST(failures > 10);
}

BOOST_AUTO_TEST_CASE(a_scripted_transport_gives_each_response_once) {
    const std::string long_text(60, 'x');
    scripted_transport script;
    script.reply(long_text).reply(http::response{200, {}, long_text}).fail(error(errc::timeout, long_text));
    long failures = 0;
    for (std::size_t sent = 0; sent != 5; ++sent) {  // two of them past the end
        failures += for_each_failure([&](long n) {
            auto tried = script;
            if (!runs_out_at(n, [&] { (void)tried.send(token_request()); })) return false;
            BOOST_TEST(tried.left() == script.left());
            BOOST_TEST(tried.sent().size() == script.sent().size());
            return true;
        });
        (void)script.send(token_request());
    }
    BOOST_TEST(failures > 10);
    BOOST_TEST(fail_each_allocation([&] {
                   scripted_transport t;
                   t.reply(long_text).reply({500, {}, long_text}).fail(error(errc::timeout, long_text));
               }) > 5);
}

BOOST_AUTO_TEST_CASE(a_transcript_can_be_checked_again) {
    transcript t;
    t.sends("/cgi-bin/draft/count", {}, R"({"total_count":3})");
    BOOST_TEST(fail_each_allocation([&] {
                   transcript copy;
                   copy.sends("/cgi-bin/draft/count", std::string(40, 'b'), std::string(40, 'r')).waits({});
               }) > 3);
    const auto make = [] { return call<draft::count>(draft::count{}); };
    BOOST_TEST(fail_each_allocation([&] {
                   auto f = make();
                   (void)t.check(f);
                   (void)std::move(f).take();
               }) > least_allocations(5));
    BOOST_TEST(fail_each_allocation([&] { (void)t.check_each_failure(make, error(errc::timeout)); }) >
               least_allocations(5));
    auto f = make();
    BOOST_TEST(t.check(f).empty());
    BOOST_TEST(std::move(f).take().value().total_count == 3u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
