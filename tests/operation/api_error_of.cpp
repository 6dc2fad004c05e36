// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/operation/api_error_of.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(operation_api_error_of)

namespace {

using namespace wxmp;

http::response text(std::string body, int status = 200) { return {status, {}, std::move(body)}; }

int code_of(std::string body, int status = 200) {
    const auto e = api_error_of(text(std::move(body), status));
    return e ? e->api_code() : 0;
}

BOOST_AUTO_TEST_CASE(finds_the_return_code_of_any_call) {
    const auto e = api_error_of(text(R"({"errcode":42001,"errmsg":"access_token expired rid: 1a-2b"})"));
    BOOST_TEST_REQUIRE(e.has_value());
    BOOST_TEST(e->api_code() == 42001);
    BOOST_TEST(e->rid() == "1a-2b");
    BOOST_TEST(e->http_status() == 200);
    BOOST_TEST(code_of(" \r\n\t{\"errmsg\":\"no\",\"errcode\":\"40001\"}") == 40001);
    BOOST_TEST(code_of(R"({"ret":-1})") == -1);
    BOOST_TEST(code_of(R"({"a":{"errcode":0},"errcode":40001})") == 40001);
    BOOST_TEST(code_of(R"({"errcode":0,"ret":40001})") == 40001);
    BOOST_TEST(code_of(R"({"errcode":"040001"})") == code_of(R"({"errcode":"040001","x":1})"));
    BOOST_TEST(code_of(R"({"errcode":45009})", 500) == 45009);
}

BOOST_AUTO_TEST_CASE(finds_nothing_in_a_good_answer) {
    for (const auto* body :
         {"", "{}", R"({"errcode":0,"errmsg":"ok"})", R"({"ret":0})", R"({"errcode":null})",
          R"({"media_id":"errcode"})", "errcode", R"([{"errcode":42001}])", "GIF89a",
          R"({"a":{"errcode":42001}})", R"("{\"errcode\":42001}")", R"({"errcode" : "0" })",
          R"({"errcode":0,"a":{"errcode":42001}})", R"({"errcode":0,"errmsg":"\"errcode\":42001"})"})
        BOOST_TEST(!api_error_of(text(body)).has_value(), body);
}

BOOST_AUTO_TEST_CASE(leaves_damaged_answers_to_others) {
    for (const auto* body : {R"({"errcode":42001)", R"({"errcode":true})", R"({"errcode":99999999999})"})
        BOOST_TEST(!api_error_of(text(body)).has_value(), body);
}

BOOST_AUTO_TEST_CASE(does_not_look_into_files_and_large_answers) {
    const std::string small = R"({"errcode":42001,"x":"")";
    const auto padded = [&](std::size_t size) {
        auto body = small;
        body.insert(body.size() - 1, size - small.size() - 1, 'x');
        return body + '}';
    };
    BOOST_TEST(padded(4'096).size() == 4'096u);
    BOOST_TEST(code_of(padded(4'096)) == 42001);
    BOOST_TEST(code_of(padded(4'097)) == 0);
    http::response file = text(R"({"errcode":42001})");
    file.headers = {{"content-disposition", "attachment; filename=\"a.json\""}};
    BOOST_TEST(!api_error_of(file).has_value());
}

BOOST_AUTO_TEST_CASE(tells_a_status_that_is_no_success) {
    for (const int status : {100, 301, 404, 500, 599})
        for (const auto* body : {"", "<html>", R"({"errcode":0})", R"({"errcode":)", "{}"}) {
            const auto e = api_error_of(text(body, status));
            BOOST_TEST_REQUIRE(e.has_value());
            BOOST_CHECK(*e == errc::http_status);
            BOOST_TEST(e->http_status() == status);
        }
    BOOST_TEST(!api_error_of(text("", 204)).has_value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
