// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/publish/query.hpp>
#include <wxmp/flow/call.hpp>
#include <wxmp/flow/poll.hpp>
#include <wxmp/testing/transcript.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

BOOST_AUTO_TEST_SUITE(testing_transcript)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using testing::transcript;

const std::string target = "/cgi-bin/publish/query";
const std::string body = R"({"media_id":"m"})";
const std::string pending = R"({"errcode":0,"status":"审核中"})";
const std::string good = R"({"errcode":0,"status":"发布成功","url":"u"})";

call<publish::query> query() { return call(publish::query{"m"}); }
poll_publish polling() {
    return poll_publish(publish::query{"m"}, {.tries = 0, .first = 1s, .longest = 4s, .total = 60s});
}

// The one thing that a transcript finds wrong.
template <class F> std::string finding(const transcript& t, F f) {
    const auto wrong = t.check(f);
    BOOST_REQUIRE(wrong.size() == 1u);
    return wrong[0];
}

BOOST_AUTO_TEST_CASE(a_run_as_recorded_has_nothing_wrong) {
    auto c = query();
    BOOST_TEST(transcript().sends(target, body, good).check(c).empty());
    BOOST_TEST(std::move(c).take().value().url.value() == "u");
}

BOOST_AUTO_TEST_CASE(each_difference_is_found) {
    BOOST_TEST(finding(transcript().sends("/other", body, good), query()) ==
               "step 0: sends to " + target + "; expected /other");
    BOOST_TEST(finding(transcript().sends(target, "{}", good), query()) ==
               "step 0: sends " + body + "; expected {}");
    BOOST_TEST(finding(transcript().fetches(0, "x"), query()) == "step 0: does not fetch");
    BOOST_TEST(finding(transcript().waits(1s), query()) == "step 0: does not wait");
    BOOST_TEST(finding(transcript(), query()) == "step 0: continues after its script");
    BOOST_TEST(finding(transcript().sends(target, body, good).waits(1s), query()) ==
               "step 1: ends before its script");
    BOOST_TEST(finding(transcript().sends(target, body, pending).waits(2s), polling()) ==
               "step 1: waits 1000 ms; expected 2000 ms");
    BOOST_TEST(finding(transcript().sends(target, body, pending).sends(target, body, good), polling()) ==
               "step 1: does not send");
}

BOOST_AUTO_TEST_CASE(each_step_of_a_poll_passes_its_failure_on) {
    const auto t = transcript()
                       .sends(target, body, pending)
                       .waits(1s)
                       .sends(target, body, pending)
                       .waits(2s)
                       .sends(target, body, good);
    auto f = polling();
    BOOST_TEST(t.check(f).empty());
    BOOST_TEST(std::move(f).take().has_value());
    for (const auto e : {errc::timeout, errc::connect_failed, errc::too_large, errc::cancelled})
        BOOST_TEST(t.check_each_failure(polling, error(e, "injected")).empty());
}

BOOST_AUTO_TEST_CASE(a_failure_that_is_not_passed_on_is_found) {
    const auto t = transcript().sends(target, body, good);
    const auto wrong = t.check_each_failure(query, error(errc::timeout), [](std::string_view sent) {
        BOOST_TEST(sent == target);
        return error(errc::cancelled);
    });
    BOOST_REQUIRE(wrong.size() == 1u);
    BOOST_TEST(wrong[0] == "step 0: ended with \"timed out\"; expected \"cancelled\"");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
