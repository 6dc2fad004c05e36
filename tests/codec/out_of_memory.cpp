// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// Fails every allocation of an operation once: nothing but std::bad_alloc may come out, and nothing may leak.
#include <wxmp/api/publish/uploadnews.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/api/upload_video/save_video.hpp>
#include <wxmp/codec/json_value.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/operation/serve.hpp>

#include <boost/test/unit_test.hpp>

#include "../allocations.hpp"
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace wxmp;
using wxmp_test::fail_each_allocation;

const std::string long_text(60, 'x');
const std::string document =
    R"({"articles":[{"title":")" + long_text + R"(","author":")" + long_text + R"(","content":"\ud800)" + "\x01\xff" +
    R"(","show_cover_pic":"1","later":{"a":[1,2.5,"b"],"c":null}},{"title":"two","x":1}]})";

publish::uploadnews news() {
    article a{long_text, long_text, "author",    "digest", flag(true), "<p>" + long_text + "</p>",
              {},        {},        flag(false), {}};
    a.others.entries = {{"later" + long_text, R"({"a":[1,2,{"b":"c"}]})"}};
    return {{std::move(a)}};
}

http::request request_of(const auto& op) {
    auto r = prepare(op).value();
    authorize(r, secret("TOKEN"));
    return r;
}

BOOST_AUTO_TEST_SUITE(codec_out_of_memory)

BOOST_AUTO_TEST_CASE(the_test_sees_what_it_looks_for) {
    BOOST_TEST(fail_each_allocation([] {}) == 0);
    BOOST_TEST(fail_each_allocation([] { delete new int; }) == 1);
    BOOST_TEST(fail_each_allocation([] { std::vector<std::string> two(2, long_text); }) == 3);
}

BOOST_AUTO_TEST_CASE(decoding) {
    BOOST_REQUIRE(decode<publish::uploadnews>(document));
    BOOST_TEST(fail_each_allocation([] { (void)decode<publish::uploadnews>(document); }) > 5);
    constexpr std::string_view unfit = R"({"articles":[{"title":7,"content":8}]})";
    BOOST_TEST(fail_each_allocation([unfit] { (void)decode<publish::uploadnews>(unfit); }) > 3);
    BOOST_TEST(fail_each_allocation([] { (void)decode<json::value>("[\"" + long_text); }) > 0);
}

BOOST_AUTO_TEST_CASE(encoding) {
    const auto op = news();
    BOOST_REQUIRE(encode(op));
    BOOST_TEST(fail_each_allocation([&] { (void)encode(op); }) == 1);
    auto bad = op;
    bad.articles[0].others.entries[0].json = "{";
    BOOST_TEST(fail_each_allocation([&] { (void)encode(bad); }) > 3);
}

BOOST_AUTO_TEST_CASE(preparing) {
    const auto op = news();
    BOOST_REQUIRE(prepare(op));
    BOOST_TEST(fail_each_allocation([&] { (void)prepare(op); }) > 10);
    BOOST_TEST(fail_each_allocation([] { (void)request_of(upload_video::query_status{long_text}); }) > 5);
    BOOST_TEST(fail_each_allocation([] { (void)prepare(upload_video::query_status{long_text + '\xff'}); }) >
               3);
    BOOST_TEST(fail_each_allocation([] {
                   (void)prepare(upload_video::save_video{std::string(65, 'x'), "", "", false});
               }) > 1);
}

BOOST_AUTO_TEST_CASE(completing) {
    const http::response good{200,
                              {},
                              R"({"type":")" + long_text + R"(","media_id":")" + long_text +
                                  R"(","create_at":"1","item":[{"index":0},{"index":1}]})"};
    const http::response bad{
        200, {}, R"({"errcode":40007,"errmsg":")" + long_text + R"( rid: 6141b79a-7c6e812d-5514c622"})"};
    BOOST_REQUIRE(complete<publish::uploadnews>(good));
    BOOST_TEST(fail_each_allocation([&] { (void)complete<publish::uploadnews>(good); }) > 4);
    BOOST_TEST(fail_each_allocation([&] { (void)complete<publish::uploadnews>(bad); }) > 3);
}

BOOST_AUTO_TEST_CASE(serving) {
    const auto news_request = request_of(news());
    const auto status_request = request_of(upload_video::query_status{long_text});
    BOOST_REQUIRE(read_request<publish::uploadnews>(news_request));
    BOOST_TEST(fail_each_allocation([&] { (void)read_request<publish::uploadnews>(news_request); }) > 5);
    BOOST_TEST(fail_each_allocation([&] { (void)read_request<upload_video::query_status>(status_request); }) >
               3);
    BOOST_TEST(fail_each_allocation([&] { (void)read_request<upload_video::query_status>(news_request); }) >
               0);
    BOOST_TEST(fail_each_allocation([] {
                   (void)write_response<upload_video::query_status>(
                       {upload_video::video_status::passed, {}, long_text, long_text});
               }) > 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
