// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/material/add_material.hpp>
#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/upload_video/upload_block.hpp>
#include <wxmp/testing/golden.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(testing_golden)

namespace {

using namespace wxmp;
using namespace wxmp::testing;

// A fixture of publish::query, as it should be.
const std::string request =
    R"("request":{"line":"POST /cgi-bin/publish/query?access_token=ACCESS_TOKEN","body":{"media_id":"m"}})";
const std::string response = R"("response":{"body":{"errcode":0,"errmsg":"ok","status":"未提交","url":"u"}})";

std::string object(const std::string& members) { return '{' + members + '}'; }

std::string query_with(const std::string& request_members) {
    return object(R"("request":{)" + request_members + "}," + response);
}

std::string answered_with(const std::string& responses) { return object(request + ',' + responses); }

std::string joined(const failures& all) {
    std::string text;
    for (const auto& one : all) (text += text.empty() ? "" : "; ") += one;
    return text;
}

template <operation Op = publish::query> std::string wrong_with(std::string_view text) {
    return joined(check_golden<Op>("f.json", text));
}

BOOST_AUTO_TEST_CASE(a_fixture_as_it_should_be_has_nothing_wrong) {
    BOOST_TEST(wrong_with(object(request + ',' + response)) == "");
    BOOST_TEST(wrong_with(object(request + ',' + response) + "\r\n") == "");
}

BOOST_AUTO_TEST_CASE(a_broken_fixture_is_told_by_file_and_member) {
    const std::string line = R"("line":"POST /cgi-bin/publish/query?access_token=ACCESS_TOKEN")";
    const std::string no_line = "f.json: request.line is not a method and a target, like "
                                "\"POST /path?name=value\"";
    const std::pair<std::string, std::string> broken[] = {
        {"", "f.json: line 1 is not JSON: incomplete JSON"},
        {"POST /cgi-bin", "f.json: line 1 is not JSON: syntax error"},
        {"{\n  \"request\": {},\n}", "f.json: line 3 is not JSON: syntax error"},
        {"{} x", "f.json: line 1 is not JSON: extra data"},
        {"[]", "f.json: the fixture is an array, not an object"},
        {R"({"response":{}})", "f.json: request is missing; f.json: response.body is missing"},
        {object(response), "f.json: request is missing"},
        {object(request), "f.json: response is missing"},
        {object(R"("request":[],)" + response), "f.json: request is an array, not an object"},
        {object(request + ',' + response + R"(,"comment":1)"),
         "f.json: comment is not one of request, response, responses"},
        {query_with(R"("body":{"media_id":"m"})"), "f.json: request.line is missing"},
        {query_with(R"("line":7,"body":{})"), "f.json: request.line is a number, not a string"},
        {query_with(R"("line":"","body":{})"), no_line},
        {query_with(R"("line":"POST","body":{})"), no_line},
        {query_with(R"("line":"/cgi-bin/publish/query","body":{})"), no_line},
        {query_with(R"("line":"PUT /cgi-bin/publish/query","body":{})"), no_line},
        {query_with(R"("line":"POST http://host/","body":{})"), no_line},
        {query_with(R"("line":"POST /cgi-bin/publish/query HTTP/1.1","body":{})"), no_line},
        {query_with(R"("line":"POST /cgi-bin/publish/query?a=%zz","body":{})"), no_line},
        {query_with(line), "f.json: request.body is missing"},
        {query_with(line + R"(,"body":"x")"), "f.json: request.body is a string, not an object"},
        {query_with(line + R"(,"body":null)"), "f.json: request.body is null, not an object"},
        {query_with(line + R"(,"body":{},"octets":"x")"),
         "f.json: request.octets is not expected: the call sends request.body"},
        {query_with(line + R"(,"body":{},"headers":{})"),
         "f.json: request.headers is not one of line, body, form, octets"},
        {answered_with(R"("response":{"body":[]})"), "f.json: response.body is an array, not an object"},
        {answered_with(R"("response":{"body":{},"canonical":true})"),
         "f.json: response.canonical is a boolean, not an object"},
        {answered_with(R"("response":{"body":{},"bytes":"x"})"),
         "f.json: response.body is not one of headers, bytes"},
        {answered_with(R"("response":{"bytes":1})"), "f.json: response.bytes is a number, not a string"},
        {answered_with(R"("response":{"bytes":"","headers":{"Content-Type":1}})"),
         "f.json: response.headers.Content-Type is a number, not a string"},
        {answered_with(R"("response":{"bytes":"","headers":"x"})"),
         "f.json: response.headers is a string, not an object"},
        {answered_with(R"("response":{"body":{}},"responses":[])"),
         "f.json: response is not expected beside responses"},
        {answered_with(R"("responses":{})"), "f.json: responses is an object, not an array"},
        {answered_with(R"("responses":[])"), "f.json: responses is empty"},
        {answered_with(R"("responses":[{"body":{}},1])"), "f.json: responses[1] is a number, not an object"},
        {answered_with(R"("responses":[{}])"), "f.json: responses[0].body is missing"},
    };
    for (const auto& [text, told] : broken) BOOST_TEST(wrong_with(text) == told);
}

BOOST_AUTO_TEST_CASE(so_is_a_broken_payload_of_another_kind) {
    const auto form = [](const std::string& parts) {
        return object(
            R"("request":{"line":"POST /cgi-bin/material/add_material?type=image&access_token=ACCESS_TOKEN")" +
            parts + R"(},"response":{"body":{"media_id":"m","url":"u"}})");
    };
    const auto wrong_form = [&](const std::string& parts) {
        return wrong_with<material::add_material>(form(parts));
    };
    BOOST_TEST(wrong_form("") == "f.json: request.form is missing");
    BOOST_TEST(wrong_form(R"(,"form":{})") == "f.json: request.form is an object, not an array");
    BOOST_TEST(wrong_form(R"(,"form":["x"])") == "f.json: request.form[0] is a string, not an object");
    BOOST_TEST(wrong_form(R"(,"form":[{"data":"x"}])") == "f.json: request.form[0].name is missing");
    BOOST_TEST(wrong_form(R"(,"form":[{"name":"a"}])") == "f.json: request.form[0].data is missing");
    BOOST_TEST(wrong_form(R"(,"form":[{"name":"a","filename":"a.jpg","data":{}}])") ==
               "f.json: request.form[0].data is an object, not a string");
    BOOST_TEST(wrong_form(R"(,"form":[{"name":"a","filename":1,"data":""}])") ==
               "f.json: request.form[0].filename is a number, not a string");
    BOOST_TEST(wrong_form(R"(,"form":[{"name":"a","data":"","type":"x"}])") ==
               "f.json: request.form[0].type is not one of name, data, filename, content_type");
    BOOST_TEST(wrong_form(R"(,"form":[{"name":"a\n","data":""}])") ==
               "f.json: request.form: forbidden character: form part 0: name");
    BOOST_TEST(wrong_form(R"(,"form":[],"body":{})") ==
               "f.json: request.body is not expected: the call sends request.form");

    const std::string octets = R"({"request":{"line":"POST /x","octets":[]},"response":{"body":{}}})";
    BOOST_TEST(wrong_with<upload_video::upload_block>(octets) ==
               "f.json: request.octets is an array, not a string");
    const std::string none = R"({"request":{"line":"GET /x","body":{}},"response":{"body":{}}})";
    BOOST_TEST(wrong_with<draft::count>(none) ==
               "f.json: request.body is not expected: the call sends no body");
}

BOOST_AUTO_TEST_CASE(a_file_is_named_as_it_was_asked_for) {
    const auto folder = std::filesystem::path(WXMP_TESTS_DIR) / "golden";
    BOOST_TEST(joined(check_golden_file<publish::query>(folder, "publish/query.json")) == "");
    BOOST_TEST(joined(check_golden_file<publish::query>(folder, "publish/none.json")) ==
               "publish/none.json: cannot be opened");
    BOOST_TEST(joined(check_golden_file<draft::count>(folder, "publish/query.json")) ==
               "publish/query.json: request.body is not expected: the call sends no body");
}

BOOST_AUTO_TEST_CASE(what_differs_is_told) {
    const auto line = [](const std::string& target) {
        return R"({"request":{"line":")" + target + R"(","body":{"media_id":"m"}},)" + response + '}';
    };
    BOOST_TEST(wrong_with(line("GET /cgi-bin/publish/query?access_token=ACCESS_TOKEN")) ==
               "f.json: the recorded request is refused: unknown call: "
               "/cgi-bin/publish/query?access_token=ACCESS_TOKEN");
    BOOST_TEST(wrong_with(line("POST /cgi-bin/publish/query?access_token=OTHER")) ==
               "f.json: target of the request: expected /cgi-bin/publish/query?access_token=OTHER, got "
               "/cgi-bin/publish/query?access_token=ACCESS_TOKEN");
    BOOST_TEST(
        wrong_with(answered_with(R"("response":{"body":{"errcode":0,"errmsg":"ok","status":"未提交"}})")) ==
        "f.json: url is in no recorded response");
    BOOST_TEST(wrong_with(answered_with(R"("response":{"body":{"status":"未提交","url":"u"}})")) ==
               R"(f.json: body of the response: expected {"status":"未提交","url":"u"}, got )"
               R"({"errcode":0,"errmsg":"ok","status":"未提交","url":"u"})");
}

// Members whose names a JSON pointer has to escape.
BOOST_AUTO_TEST_CASE(unknown_members_may_have_any_name) {
    const auto odd = object(
        request +
        R"(,"response":{"body":{"errcode":0,"errmsg":"ok","status":"未提交","url":"u","a/b":{"~":1,"":2}},)"
        R"("canonical":{"errcode":0,"errmsg":"ok","status":"未提交","url":"u"}})");
    BOOST_TEST(wrong_with(odd) == "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
