// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/publish/submit.hpp>
#include <wxmp/api/publish/update.hpp>
#include <wxmp/api/upload_video/init_upload.hpp>
#include <wxmp/api/upload_video/upload_finish.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/operation/complete.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(operation_complete)

namespace {

using namespace wxmp;
using publish::query;
using publish::submit;
using upload_video::init_upload;
using upload_video::upload_finish;

template <operation Op>
result<typename Op::response> answer(std::string body, int status = 200, const options& o = {}) {
    return complete<Op>({status, {}, std::move(body)}, o);
}

// The error of an answer, which must be one.
template <operation Op> error refusal(std::string body, int status = 200, const options& o = {}) {
    const auto r = answer<Op>(body, status, o);
    BOOST_REQUIRE_MESSAGE(!r, body << " accepted");
    BOOST_TEST(r.error().http_status() == status);
    return r.error();
}

BOOST_AUTO_TEST_CASE(success_with_or_without_a_return_code) {
    for (const std::string body :
         {R"({"ret":0,"vid":"v"})", R"({"ret":"0","vid":"v"})", R"({"vid":"v"})",
          R"({"errcode":0,"vid":"v"})", R"({"errcode":0,"errmsg":"ok","ret":0,"vid":"v"})",
          R"({"errcode":null,"vid":"v"})", "\n {\"vid\":\"v\"}\r\n",
          R"({"errcode":0.0,"vid":"v","others":[1,{}]})"}) {
        const auto r = answer<init_upload>(body);
        BOOST_TEST((r && r->vid == "v"), body);
    }
    for (const std::string body : {"{}", R"({"ret":0})", R"({"errcode":0,"errmsg":"submit success"})"}) {
        BOOST_TEST(answer<submit>(body).has_value());
        BOOST_TEST(answer<upload_finish>(body).has_value());
    }
    BOOST_TEST(answer<submit>("{}", 204).has_value());
}

BOOST_AUTO_TEST_CASE(return_codes_of_every_form_are_errors) {
    for (const std::string body :
         {R"({"errcode":40007,"errmsg":"m rid: 1-2"})", R"({"errcode":"40007","errmsg":"m rid: 1-2"})",
          R"({"ret":40007,"errmsg":"m rid: 1-2"})", R"({"ret":"40007","errmsg":"m rid: 1-2"})",
          R"({"errmsg":"m rid: 1-2","vid":"v","errcode":40007})",
          R"({"errcode":0,"errmsg":"m rid: 1-2","ret":40007})",
          R"({"errcode":40007,"errmsg":"m rid: 1-2","ret":0})",
          R"({"errcode":40007.0,"errmsg":"m rid: 1-2"})"}) {
        const auto e = refusal<init_upload>(body);
        BOOST_TEST(e.api_code() == 40007, body);
        BOOST_TEST(e.detail() == "m rid: 1-2");
        BOOST_TEST(e.rid() == "1-2");
        BOOST_CHECK(e == condition::not_found);
    }
    BOOST_TEST(refusal<submit>(R"({"errcode":-1})").api_code() == -1);
    BOOST_TEST(refusal<submit>(R"({"errcode":-1})").detail().empty());
    BOOST_TEST(refusal<submit>(R"({"errcode":-2147483648,"errmsg":5})").api_code() == -2147483648);
}

BOOST_AUTO_TEST_CASE(a_return_code_that_cannot_be_read_is_no_success) {
    for (const std::string name : {"errcode", "ret"}) {
        for (const std::string value : {"\"abc\"", "\"\"", "true", "false", "{}", "[]", "[0]"}) {
            const auto e = refusal<submit>("{\"" + name + "\":" + value + "}");
            BOOST_CHECK(e == errc::wrong_type);
            BOOST_TEST(e.detail() == '/' + name);
        }
        for (const std::string value : {"0.5", "4294967296", "9999999999", "\"9999999999\"", "1e99", "-1e99"})
            BOOST_CHECK(refusal<submit>("{\"" + name + "\":" + value + "}") == errc::out_of_range);
    }
}

BOOST_AUTO_TEST_CASE(members_that_do_not_fit_are_named) {
    BOOST_CHECK(refusal<init_upload>(R"({"ret":0})") == errc::missing_member);
    BOOST_TEST(refusal<init_upload>(R"({"ret":0})").detail() == "/vid");
    BOOST_CHECK(refusal<init_upload>(R"({"ret":0,"vid":7})") == errc::wrong_type);
    BOOST_TEST(refusal<init_upload>(R"({"ret":0,"vid":null})").detail() == "/vid");
    BOOST_CHECK(refusal<query>(R"({"errcode":0,"status":"新状态"})") == errc::wrong_type);
    BOOST_TEST(refusal<query>(R"({"errcode":0,"status":"新状态"})").detail() == "/status");
}

BOOST_AUTO_TEST_CASE(answers_that_are_no_json_object) {
    for (const std::string body :
         {"", "ok", "<html><h1>502</h1></html>", "{\"ret\":0", "{\"ret\":0}}", "\xef\xbb\xbf{\"ret\":0}"})
        BOOST_CHECK(refusal<upload_finish>(body) == errc::bad_json);
    for (const std::string body : {"[]", "0", "\"ok\"", "null", "[{\"errcode\":40001}]"})
        BOOST_CHECK(refusal<upload_finish>(body) == errc::wrong_type);
    BOOST_CHECK(refusal<upload_finish>(std::string(100, '[') + std::string(100, ']')) == errc::too_deep);
}

BOOST_AUTO_TEST_CASE(the_title_of_a_page_is_quoted) {
    const auto detail = [](const std::string& body) {
        const auto e = refusal<upload_finish>(body);
        BOOST_CHECK(e == errc::bad_json);
        BOOST_TEST(is_utf8(e.detail()));
        return e.detail();
    };
    for (const std::string page :
         {"<title>Log in, \"Bar\"</title>",
          "\r\n\xef\xbb\xbf <!DOCTYPE html><HTML><TITLE lang=en>\n Log in,\r\n\"Bar\"\t</TITLE>",
          "<title>Log\x1b\x7f\xc2\x9b in, \"Bar\"",
          "<html><title>Log in, \"Bar\"<b>x</title><title>other</title>"})
        BOOST_TEST(detail(page) == "HTML page \"Log in, \"Bar\"\"");
    BOOST_TEST(detail("<title>\xb5\xc7\xc2\xbc</title>") == "HTML page \"\xef\xbf\xbd\xef\xbf\xbd\xc2\xbc\"");
    BOOST_TEST(detail("<title>" + std::string(100, 'x')) == "HTML page \"" + std::string(100, 'x') + '"');
    BOOST_TEST(detail("<title>" + std::string(101, 'x')) == "HTML page \"" + std::string(100, 'x') + "...\"");
    BOOST_TEST(detail("<title>" + std::string(98, 'x') + "\u6807") ==
               "HTML page \"" + std::string(98, 'x') + "...\"");
    for (const std::string other : {"<title", "<title>", "<title> \n</title>", "<html>", "x<title>y</title>"})
        BOOST_TEST(detail(other) == detail("<"));
    BOOST_TEST(detail('<' + std::string(16 * 1024, ' ') + "<title>too late</title>") == detail("<"));
    BOOST_TEST(refusal<upload_finish>("{\"a\":<title>x</title>").detail() == detail("<"));
    BOOST_CHECK(refusal<upload_finish>("<title>x</title>", 502) == errc::http_status);
}

BOOST_AUTO_TEST_CASE(other_statuses_are_errors_whatever_they_hold) {
    for (const int status : {100, 199, 301, 302, 400, 404, 412, 500, 502, 503}) {
        BOOST_CHECK(refusal<upload_finish>("<html>", status) == errc::http_status);
        BOOST_CHECK(refusal<upload_finish>("", status) == errc::http_status);
        BOOST_CHECK(refusal<upload_finish>(R"({"ret":0})", status) == errc::http_status);
        BOOST_CHECK(refusal<upload_finish>("[]", status) == errc::http_status);
        BOOST_TEST(refusal<upload_finish>(R"({"errcode":40001,"errmsg":"x"})", status).api_code() == 40001);
    }
}

BOOST_AUTO_TEST_CASE(an_answer_over_the_limit_is_not_read) {
    const std::string body = R"({"errcode":40001})";
    options o;
    o.max_response = body.size() - 1;
    BOOST_CHECK(refusal<submit>(body, 200, o) == errc::too_large);
    BOOST_CHECK(refusal<submit>(body, 502, o) == errc::too_large);
    o.max_response = body.size();
    BOOST_TEST(refusal<submit>(body, 200, o).api_code() == 40001);
    o.max_response = 0;
    BOOST_TEST(refusal<submit>(body + std::string(options().max_response, ' '), 200, o).api_code() == 40001);
    BOOST_CHECK(refusal<submit>(body + std::string(options().max_response, ' ')) == errc::too_large);
}

BOOST_AUTO_TEST_CASE(the_depth_is_an_option) {
    options o;
    o.max_depth = 2;
    BOOST_TEST(answer<submit>(R"({"a":[]})", 200, o).has_value());
    BOOST_CHECK(refusal<submit>(R"({"a":[[]]})", 200, o) == errc::too_deep);
}

BOOST_AUTO_TEST_CASE(submitted_before_is_told_by_the_text) {
    const auto abnormal =
        refusal<submit>(R"({"errcode":53401,"errmsg":"abnormal status hint: [x] rid: 1-2"})");
    BOOST_CHECK(abnormal == errc::already_submitted);
    BOOST_TEST(abnormal.rid() == "1-2");
    BOOST_TEST(abnormal.detail() == "abnormal status hint: [x] rid: 1-2");
    BOOST_CHECK(refusal<publish::update>(R"({"errcode":1,"errmsg":"invalid status"})") ==
                errc::already_submitted);

    BOOST_TEST(refusal<submit>(R"({"errcode":1,"errmsg":"invalid status"})").api_code() == 1);
    BOOST_TEST(refusal<publish::update>(R"({"errcode":1,"errmsg":"abnormal status"})").api_code() == 1);
    BOOST_TEST(refusal<query>(R"({"errcode":1,"errmsg":"abnormal status"})").api_code() == 1);
    BOOST_TEST(answer<submit>(R"({"errcode":0,"errmsg":"abnormal status"})").has_value());
}

BOOST_AUTO_TEST_CASE(texts_that_are_no_utf8_do_not_hide_an_error) {
    const auto e = refusal<submit>("{\"errcode\":45009,\"errmsg\":\"bad\xff\n\x01 rid: a-b\"}");
    BOOST_CHECK(e == condition::quota_exhausted);
    BOOST_TEST(e.rid() == "a-b");
    BOOST_TEST(is_utf8(e.message()));
    BOOST_TEST(e.message().find('\n') == std::string::npos);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
