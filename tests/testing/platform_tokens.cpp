// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/stable_token.hpp>

#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <chrono>
#include <string>

BOOST_AUTO_TEST_SUITE(testing_platform_tokens)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace std::chrono_literals;

constexpr std::string_view probe_path = "/cgi-bin/publish/query";

// What the service says about a token: 40007 is the answer to a call that got past the check.
int verdict_on(world& w, const secret& token) {
    w.token = token;
    return w.code_of(publish::query{"nothing"});
}

auth::stable_token stable(bool force = false) { return {{}, "wx1", secret("s1"), force}; }

BOOST_AUTO_TEST_CASE(a_token_lives_two_hours) {
    world w;
    const auto grant = w.ask(auth::token{{}, "wx1", secret("s1")}).value();
    BOOST_TEST(grant.expires_in.count() == 7200);
    BOOST_TEST(grant.access_token.reveal().size() >= 100u);
    BOOST_TEST(verdict_on(w, grant.access_token) == 40007);
    w.pass(7200s - 1ms);
    BOOST_TEST(verdict_on(w, grant.access_token) == 40007);
    w.pass(1ms);
    BOOST_TEST(verdict_on(w, grant.access_token) == 42001);
}

BOOST_AUTO_TEST_CASE(a_superseded_token_lives_five_more_minutes) {
    world w;
    const auto former = w.token;
    w.pass(1h);
    w.sign_in();
    const auto latter = w.token;
    BOOST_TEST((former != latter));
    w.pass(5min - 1ms);
    BOOST_TEST(verdict_on(w, former) == 40007);
    w.pass(1ms);
    BOOST_TEST(verdict_on(w, former) == 40001);
    BOOST_TEST(verdict_on(w, latter) == 40007);
}

BOOST_AUTO_TEST_CASE(a_token_that_ends_by_itself_has_expired_even_when_replaced) {
    world w;
    const auto former = w.token;
    w.pass(7200s - 1min);
    w.sign_in();
    w.pass(1min);
    BOOST_TEST(verdict_on(w, former) == 42001);
}

BOOST_AUTO_TEST_CASE(a_stable_token_stays_until_five_minutes_before_its_end) {
    world w;
    const auto first = w.ask(stable()).value();
    BOOST_TEST(first.expires_in.count() == 7200);
    w.pass(6899s);
    const auto same = w.ask(stable()).value();
    BOOST_TEST((same.access_token == first.access_token));
    BOOST_TEST(same.expires_in.count() == 301);
    w.pass(1s);
    const auto next = w.ask(stable()).value();
    BOOST_TEST((next.access_token != first.access_token));
    BOOST_TEST(verdict_on(w, first.access_token) == 40007);
    BOOST_TEST(verdict_on(w, next.access_token) == 40007);
}

BOOST_AUTO_TEST_CASE(both_kinds_of_token_leave_each_other_alone) {
    world w;
    const auto plain = w.token;
    const auto kept = w.ask(stable()).value().access_token;
    w.pass(10min);
    BOOST_TEST(verdict_on(w, plain) == 40007);
    w.sign_in();
    w.pass(10min);
    BOOST_TEST(verdict_on(w, kept) == 40007);
}

BOOST_AUTO_TEST_CASE(a_forced_token_ends_the_former_at_once) {
    world w;
    const auto first = w.ask(stable()).value().access_token;
    const auto second = w.ask(stable(true)).value().access_token;
    BOOST_TEST(verdict_on(w, first) == 40001);
    BOOST_TEST(verdict_on(w, second) == 40007);
    BOOST_TEST((w.ask(stable()).value().access_token == second));
}

BOOST_AUTO_TEST_CASE(forced_tokens_are_thirty_seconds_apart_and_twenty_a_day) {
    world w;
    for (int i = 0; i != 20; ++i) {
        BOOST_TEST(w.code_of(stable(true)) == 0);
        BOOST_TEST(w.code_of(stable(true)) == 45011);
        w.pass(30s);
    }
    const auto refused = w.ask(stable(true));
    BOOST_TEST(refused.error().api_code() == 45009);
    BOOST_TEST((refused.error() == condition::quota_exhausted));
    w.pass(12h);
    BOOST_TEST(w.code_of(stable(true)) == 0);
}

BOOST_AUTO_TEST_CASE(credentials_are_checked) {
    world w;
    BOOST_TEST(w.code_of(auth::token{{}, "wx1", secret("wrong")}) == 40125);
    BOOST_TEST(w.code_of(auth::token{{}, "wx2", secret("s1")}) == 40013);
    BOOST_TEST(w.code_of(auth::stable_token{{}, "wx1", secret("wrong")}) == 40125);
    BOOST_TEST(w.code_of_post<auth::stable_token>(R"({"grant_type":"code","appid":"wx1","secret":"s1"})") ==
               40002);
    BOOST_TEST(w.code_of_post<auth::stable_token>(R"({"appid":"wx1","secret":"s1"})") == 40002);
    BOOST_TEST(w.code_of_post<auth::stable_token>(R"({"grant_type":"client_credential","secret":"s1"})") ==
               41002);
    BOOST_TEST(w.code_of_post<auth::stable_token>(R"({"grant_type":"client_credential","appid":"wx1"})") ==
               41004);
}

BOOST_AUTO_TEST_CASE(tokens_are_checked) {
    world w;
    BOOST_TEST(verdict_on(w, secret("made up")) == 40014);
    BOOST_TEST(verdict_on(w, secret()) == 41001);
    http::request bare;
    bare.verb = method::post;
    bare.target = secret(std::string(probe_path));
    BOOST_TEST(complete<publish::query>(w.p.handle(bare, w.now).response).error().api_code() == 41001);
}

BOOST_AUTO_TEST_CASE(accounts_do_not_share_anything) {
    world w;
    const auto cover = w.add_cover();
    w.p.add_account("wx2", secret("s2"));
    w.token = w.ask(auth::token{{}, "wx2", secret("s2")}).value().access_token;
    article a{"t", cover};
    a.content = "text";
    BOOST_TEST(w.code_of(publish::uploadnews{{a}}) == 40007);
    BOOST_TEST(w.p.find_account("wx2")->media.materials().empty());
    BOOST_TEST(w.p.find_account("wx3") == nullptr);
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_tokens) {
    platform_rules other;
    other.seed = 2;
    BOOST_TEST((world().token == world().token));
    BOOST_TEST((world().token != world(other).token));
}

// Whatever a compiler evaluates first.
BOOST_AUTO_TEST_CASE(the_ids_of_a_seed_are_the_same_everywhere) {
    id_source ids(1), again(1);
    const auto biz = again.text(14), mid = again.text(9, id_source::digits);
    const auto sn = again.text(32, id_source::hex), chksm = again.text(84, id_source::hex);
    BOOST_TEST(make_page_url(ids, 2) == "http://mp.weixin.qq.com/s?__biz=" + biz + "==&mid=" + mid +
                                            "&idx=2&sn=" + sn + "&chksm=" + chksm + "#rd");
    const auto file = again.text(32, id_source::hex), key = again.text(64, id_source::hex);
    BOOST_TEST(wxmp::testing::detail::make_video_url(ids) ==
               "http://vweixinp.tc.qq.com/" + file + ".f10.mp4?vkey=" + key);
    id_source rids(~platform_rules().seed);
    const auto first = rids.text(8, id_source::hex), second = rids.text(8, id_source::hex);
    const auto refused = platform().handle({}, {}).response.body;
    BOOST_TEST(refused.find(" rid: " + first + '-' + second + '-' + rids.text(8, id_source::hex)) !=
               refused.npos);
}

BOOST_AUTO_TEST_CASE(a_copy_goes_on_by_itself) {
    world w;
    platform copy = w.p;
    w.add_cover();
    BOOST_TEST(w.owner.media.materials().size() == 1u);
    BOOST_TEST(copy.find_account("wx1")->media.materials().empty());
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
