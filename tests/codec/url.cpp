// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/url.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(codec_url)

namespace {

using wxmp::errc;
using wxmp::parse_target;
using wxmp::percent_decode;
using wxmp::percent_encode;

bool is_refused(const auto& r) { return !r && r.error() == errc::bad_query; }

BOOST_AUTO_TEST_CASE(every_byte_comes_back) {
    std::string all;
    for (int c = 0; c != 256; ++c) {
        const std::string one(1, static_cast<char>(c));
        const auto encoded = percent_encode(one);
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                              c == '-' || c == '.' || c == '_' || c == '~';
        BOOST_TEST(encoded.size() == (is_plain ? 1u : 3u), c);
        BOOST_TEST(percent_decode(encoded).value() == one, c);
        all += one;
    }
    BOOST_TEST(percent_decode(percent_encode(all)).value() == all);
    BOOST_TEST(percent_encode(" +&=#%/?中") == "%20%2B%26%3D%23%25%2F%3F%E4%B8%AD");
    BOOST_TEST(percent_encode("").empty());
}

BOOST_AUTO_TEST_CASE(both_cases_of_digits_and_plus_are_read) {
    BOOST_TEST(percent_decode("%e4%B8%aD").value() == "中");
    BOOST_TEST(percent_decode("a+b%2Bc").value() == "a b+c");
    BOOST_TEST(percent_decode("%00").value() == std::string(1, '\0'));
    BOOST_TEST(percent_decode("%2525").value() == "%25");
    BOOST_TEST(percent_decode("").value().empty());
}

BOOST_AUTO_TEST_CASE(a_percent_sign_needs_two_digits) {
    for (const std::string_view bad :
         {"%", "%1", "%g0", "%0g", "a%", "a%4", "%%41", "%-1", "% 1", "%+1", "%1 ",
          "%\xff"
          "0",
          "%u4e2d"})
        BOOST_TEST(is_refused(percent_decode(bad)), bad);
}

BOOST_AUTO_TEST_CASE(a_target_is_taken_apart) {
    const auto t = parse_target("/cgi-bin/x?action=go&name=%E4%B8%AD+1&access_token=a%2Bb").value();
    BOOST_TEST(t.path == "/cgi-bin/x");
    BOOST_REQUIRE(t.query.size() == 3u);
    BOOST_TEST(*t.find("action") == "go");
    BOOST_TEST(*t.find("name") == "中 1");
    BOOST_TEST(*t.find("access_token") == "a+b");
    BOOST_TEST(t.find("Action") == nullptr);
    BOOST_TEST(t.find("") == nullptr);
}

BOOST_AUTO_TEST_CASE(odd_targets) {
    BOOST_TEST(parse_target("").value().path.empty());
    BOOST_TEST(parse_target("/x").value().query.empty());
    BOOST_TEST(parse_target("/x?").value().query.empty());
    BOOST_TEST(parse_target("?a=1").value().path.empty());
    BOOST_TEST(*parse_target("/x?a").value().find("a") == "");
    BOOST_TEST(*parse_target("/x?a=").value().find("a") == "");
    BOOST_TEST(*parse_target("/x?a=b=c").value().find("a") == "b=c");
    BOOST_TEST(*parse_target("/x?a=1?b=2").value().find("a") == "1?b=2");
    BOOST_TEST(*parse_target("/x?a=1&a=2").value().find("a") == "1");
    BOOST_TEST(*parse_target("/x?%61=1").value().find("a") == "1");
    BOOST_TEST(*parse_target("/x?a%3Db=1%262").value().find("a=b") == "1&2");
    BOOST_TEST(*parse_target("/x?=1").value().find("") == "1");
}

BOOST_AUTO_TEST_CASE(pairs_of_nothing_are_skipped) {
    BOOST_TEST(parse_target("/x?&").value().query.empty());
    BOOST_TEST(parse_target("/x?&&&").value().query.empty());
    const auto t = parse_target("/x?&a=1&&b=2&").value();
    BOOST_REQUIRE(t.query.size() == 2u);
    BOOST_TEST(*t.find("b") == "2");
}

BOOST_AUTO_TEST_CASE(a_malformed_pair_refuses_the_target) {
    for (const std::string_view bad : {"/x?a=%", "/x?%=1", "/x?a=1&b=%zz", "/x?a%4=1"})
        BOOST_TEST(is_refused(parse_target(bad)), bad);
    BOOST_TEST(parse_target("/%zz").value().path == "/%zz");  // a path is compared as it is
}

BOOST_AUTO_TEST_CASE(any_names_and_values_come_back) {
    std::mt19937 random(3);
    const auto text = [&] {
        std::string s;
        for (auto n = 1 + random() % 8; n != 0; --n) s += static_cast<char>(random());
        return s;
    };
    for (int round = 0; round != 2000; ++round) {
        std::string target = "/p";
        std::vector<std::pair<std::string, std::string>> pairs;
        for (auto n = random() % 4; n != 0; --n) {
            pairs.emplace_back(text(), text());
            target += (pairs.size() == 1 ? '?' : '&') + percent_encode(pairs.back().first) + '=' +
                      percent_encode(pairs.back().second);
        }
        BOOST_REQUIRE((parse_target(target).value().query == pairs));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
