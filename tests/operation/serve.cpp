// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/publish/submit.hpp>
#include <wxmp/api/upload_video/init_upload.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/api/upload_video/upload_block.hpp>
#include <wxmp/codec/multipart_writer.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/operation/serve.hpp>

#include <boost/describe/class.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(operation_serve)

namespace {

using namespace wxmp;
using publish::query;
using upload_video::query_status;
using upload_video::upload_block;

struct form {
    static constexpr endpoint at = endpoint::post_form("/form").query("kind");

    struct note {
        std::string title;
    };
    struct response {};

    std::string kind;
    http::file media;
    std::optional<std::string> text{};
    std::optional<note> description{};
    std::optional<std::vector<int>> numbers{};
};
BOOST_DESCRIBE_STRUCT(form::note, (), (title))
BOOST_DESCRIBE_STRUCT(form, (), (kind, media, text, description, numbers))
BOOST_DESCRIBE_STRUCT(form::response, (), ())

// Its answer has a member like the one that the service begins with, and room for any other.
struct open_call {
    static constexpr endpoint at = endpoint::post_empty("/open").zero_in("errcode");

    struct response {
        std::string name{};
        std::optional<std::string> errmsg{};
        unknown_members others{};
    };
};
BOOST_DESCRIBE_STRUCT(open_call, (), ())
BOOST_DESCRIBE_STRUCT(open_call::response, (), (name, errmsg, others))

// Its object lacks what is in the query.
struct search {
    static constexpr endpoint at = endpoint::post_json("/search").query("kind");
    struct response {};

    std::string kind;
    std::string text;
    std::optional<int> count{};
};
BOOST_DESCRIBE_STRUCT(search, (), (kind, text, count))
BOOST_DESCRIBE_STRUCT(search::response, (), ())

http::request post(std::string target, std::string body = {}) {
    http::request r;
    r.verb = method::post;
    r.target = secret(std::move(target));
    r.safe_target = "/safe";
    r.body = http::body(std::move(body));
    return r;
}

template <operation Op> error refusal(const http::request& r) {
    const auto op = read_request<Op>(r);
    BOOST_REQUIRE(!op);
    return op.error();
}

BOOST_AUTO_TEST_CASE(what_was_prepared_is_read_again) {
    auto r = prepare(query_status{"m 1&x=中"}).value();
    authorize(r, secret("TOKEN"));
    BOOST_TEST(read_request<query_status>(r).value().media_id == "m 1&x=中");

    const std::string bytes("\r\n\0-", 4);
    const auto block =
        read_request<upload_block>(
            prepare(upload_block{"v", sha1_of(bytes), index_from_1{3}, http::body(bytes)}).value())
            .value();
    BOOST_TEST(block.vid == "v");
    BOOST_TEST(block.part_num.value == 3u);
    BOOST_CHECK(block.part_sha == sha1_of(bytes));
    BOOST_TEST(block.data.text() == bytes);

    const auto grant =
        read_request<auth::token>(prepare(auth::token{{}, "wx", secret("a+b&c")}).value()).value();
    BOOST_TEST(grant.secret.reveal() == "a+b&c");
}

BOOST_AUTO_TEST_CASE(forms_are_read_again) {
    for (const std::string text :
         {"plain", "", "7", "null", "{}", "[1]", "{\"title\":\"x\"}", "true", "{", "\"q\""}) {
        const form op{"image",
                      {"a.jpg", http::body("\r\n--"), "image/jpeg"},
                      text,
                      form::note{"t\"中"},
                      std::vector<int>{1, 2}};
        const auto r = prepare(op).value();
        const auto got = read_request<form>(r);
        BOOST_REQUIRE_MESSAGE(got, text << ": " << got.error().message());
        BOOST_TEST(got->kind == "image");
        BOOST_TEST(got->media.filename == "a.jpg");
        BOOST_TEST(got->media.content_type == "image/jpeg");
        BOOST_TEST(got->media.content.text() == "\r\n--");
        BOOST_TEST(got->text.value() == text);
        BOOST_TEST(got->description.value().title == "t\"中");
        BOOST_TEST(got->numbers.value() == (std::vector<int>{1, 2}), boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(forms_that_do_not_fit) {
    const auto with = [](const auto& fill) {
        form_data f;
        fill(f);
        auto encoded = f.encode([] { return std::uint64_t{1}; }).value();
        auto r = post("/form?kind=image");
        r.headers.push_back({"content-type", encoded.content_type});
        r.body = std::move(encoded.body);
        return r;
    };
    const http::file file{"a.jpg", http::body("x"), {}};
    BOOST_TEST(read_request<form>(with([&](form_data& f) { f.add_file("media", file); })).has_value());

    const auto none = refusal<form>(with([](form_data& f) { f.add_text("text", "x"); }));
    BOOST_CHECK(none == errc::missing_member);
    BOOST_TEST(none.detail() == "/media");
    // Whatever else does not fit.
    const auto first = refusal<form>(with([](form_data& f) { f.add_text("numbers", "none"); }));
    BOOST_TEST((first == error(errc::missing_member, "/media")));
    const auto no_file = refusal<form>(with([](form_data& f) { f.add_text("media", "x"); }));
    BOOST_CHECK(no_file == errc::missing_member);

    const auto wrong = refusal<form>(
        with([&](form_data& f) { f.add_file("media", file).add_text("description", "no object"); }));
    BOOST_CHECK(wrong == errc::wrong_type);
    BOOST_TEST(wrong.detail() == "/description");
    const auto inside =
        refusal<form>(with([&](form_data& f) { f.add_file("media", file).add_text("description", "{}"); }));
    BOOST_CHECK(inside == errc::missing_member);
    BOOST_TEST(inside.detail() == "/description/title");
    const auto element =
        refusal<form>(with([&](form_data& f) { f.add_file("media", file).add_text("numbers", "[1,{}]"); }));
    BOOST_TEST(element.detail() == "/numbers/1");

    BOOST_CHECK(refusal<form>(post("/form?kind=image", "no form")) == errc::bad_multipart);
    BOOST_TEST(refusal<form>(post("/form")).detail() == "/kind");
}

BOOST_AUTO_TEST_CASE(other_calls_are_unknown) {
    const std::string good = "/cgi-bin/material/upload_video?action=query_status&media_id=m";
    BOOST_TEST(read_request<query_status>(post(good)).has_value());
    auto get = post(good);
    get.verb = method::get;
    BOOST_CHECK(refusal<query_status>(get) == errc::unknown_call);
    for (const std::string target :
         {"/cgi-bin/material/upload_video?action=other&media_id=m",
          "/cgi-bin/material/upload_video?media_id=m", "/cgi-bin/material/upload_video?action=&media_id=m",
          "/cgi-bin/material/upload_video/?action=query_status&media_id=m",
          "/cgi-bin/material/UPLOAD_VIDEO?action=query_status&media_id=m",
          "/cgi-bin/material?action=query_status&media_id=m", "?action=query_status&media_id=m", "",
          "//cgi-bin/material/upload_video?action=query_status&media_id=m",
          "/cgi-bin/material/upload%5Fvideo?action=query_status&media_id=m",
          "/cgi-bin/material/upload_video?Action=query_status&media_id=m"}) {
        const auto e = refusal<query_status>(post(target));
        BOOST_TEST((e == errc::unknown_call), target);
        BOOST_CHECK(e == condition::not_found);
        BOOST_TEST(e.detail() == "/safe");
    }
    BOOST_CHECK(refusal<query>(post("/cgi-bin/publish/query?action=x", R"({"media_id":"m"})")) ==
                errc::unknown_call);
}

BOOST_AUTO_TEST_CASE(queries_that_do_not_fit) {
    const std::string start = "/cgi-bin/material/upload_video?action=upload_block&";
    const std::string sha = std::string(40, 'a');
    const auto where = [&](const std::string& rest, errc e) {
        const auto got = refusal<upload_block>(post(start + rest, "x"));
        BOOST_TEST((got == e), rest);
        return got.detail();
    };
    BOOST_TEST(where("part_sha=" + sha + "&part_num=1", errc::missing_member) == "/vid");
    BOOST_TEST(where("vid=v&part_num=1", errc::missing_member) == "/part_sha");
    BOOST_TEST(where("vid=v&part_sha=" + sha, errc::missing_member) == "/part_num");
    BOOST_TEST(where("vid=v&part_sha=x&part_num=1", errc::wrong_type) == "/part_sha");
    BOOST_TEST(where("vid=v&part_sha=" + sha + "&part_num=x", errc::wrong_type) == "/part_num");
    BOOST_TEST(where("vid=v&part_sha=" + sha + "&part_num=", errc::wrong_type) == "/part_num");
    BOOST_TEST(where("vid=v&part_sha=" + sha + "&part_num=4294967296", errc::out_of_range) == "/part_num");
    BOOST_TEST(where("vid=%zz&part_sha=" + sha + "&part_num=1", errc::bad_query).empty());
    BOOST_TEST(
        read_request<upload_block>(post(start + "x=1&part_num=1&part_sha=" + sha + "&vid=a&vid=b", "x"))
            .value()
            .vid == "a");
}

BOOST_AUTO_TEST_CASE(what_is_in_the_query_is_not_looked_for_in_the_object) {
    const auto r = prepare(search{"a", "b", 3}).value();
    BOOST_TEST(r.target.reveal() == "/search?kind=a");
    BOOST_TEST(r.body.text() == R"({"text":"b","count":3})");
    const auto read = [](const std::string& body) {
        return read_request<search>(post("/search?kind=a", body));
    };
    BOOST_TEST(read(R"({"text":"b"})").value().kind == "a");
    BOOST_TEST(read(R"({"kind":"other","text":"b"})").value().kind == "a");
    BOOST_TEST(read(R"({"kind":7,"text":"b","count":3})").value().count.value() == 3);
    BOOST_TEST((read(R"({"kind":"a"})").error() == error(errc::missing_member, "/text")));
    BOOST_TEST((read(R"({"count":"x","text":"b"})").error() == error(errc::wrong_type, "/count")));
    BOOST_TEST((refusal<search>(post("/search", R"({"kind":"a","text":"b"})")) ==
                error(errc::missing_member, "/kind")));
}

BOOST_AUTO_TEST_CASE(json_that_does_not_fit) {
    const auto where = [](std::string body, errc e) {
        const auto got = refusal<publish::submit>(post("/cgi-bin/publish/submit?access_token=TOKEN", body));
        BOOST_TEST((got == e), body);
        BOOST_TEST(got.message().find("TOKEN") == std::string::npos);
        return got.detail();
    };
    BOOST_TEST(where("{}", errc::missing_member) == "/media_id");
    BOOST_TEST(where(R"({"media_id":"m"})", errc::missing_member) == "/msgtype");
    BOOST_TEST(where(R"({"media_id":"m","msgtype":"news"})", errc::wrong_type) == "/msgtype");
    BOOST_TEST(where(R"({"media_id":1,"msgtype":"mpnews"})", errc::wrong_type) == "/media_id");
    BOOST_TEST(where("[]", errc::wrong_type).empty());
    where("", errc::bad_json);
    where("{", errc::bad_json);
    where(std::string(65, '['), errc::too_deep);
}

BOOST_AUTO_TEST_CASE(a_body_whose_source_fails_is_refused) {
    struct broken {
        std::uint64_t size() const { return 20; }
        std::size_t read_at(std::uint64_t, void*, std::size_t) const { return 0; }
    } source;
    auto r = post("/cgi-bin/publish/submit");
    r.body = http::body::from(source);
    BOOST_CHECK(refusal<publish::submit>(r) == errc::bad_json);
}

BOOST_AUTO_TEST_CASE(answers_carry_a_zero_where_the_service_sends_one) {
    const auto type = [](const http::response& r) {
        return std::string(http::find_header(r.headers, "Content-Type"));
    };
    const auto ret = write_response<upload_video::init_upload>({"v"}).value();
    BOOST_TEST(ret.status == 200);
    BOOST_TEST(ret.body == R"({"ret":0,"vid":"v"})");
    BOOST_TEST(type(ret) == "application/json; encoding=utf-8");
    BOOST_TEST(write_response<publish::submit>({}).value().body == R"({"errcode":0,"errmsg":"ok"})");
    BOOST_TEST(write_response<query_status>({upload_video::video_status::passed, {}, {}, "v"}).value().body ==
               R"({"status":3,"vid":"v"})");
    BOOST_TEST((write_response<upload_video::init_upload>({"\xff"}).error() == errc::invalid_utf8));
}

BOOST_AUTO_TEST_CASE(the_zero_comes_first_whatever_the_answer_has_in_its_place) {
    const auto written = [](const open_call::response& answer) {
        return write_response<open_call>(answer).value().body;
    };
    BOOST_TEST(written({"n"}) == R"({"errcode":0,"errmsg":"ok","name":"n"})");
    BOOST_TEST(written({"n", "fine"}) == R"({"errcode":0,"errmsg":"fine","name":"n"})");
    BOOST_TEST(written({"n", {}, {{{"x", "1"}, {"errcode", "0.0"}}}}) ==
               R"({"errcode":0.0,"errmsg":"ok","name":"n","x":1})");
    const auto refused = write_response<open_call>({"n", "\xff"});
    BOOST_TEST((refused.error() == error(errc::invalid_utf8, "/errmsg")));
}

BOOST_AUTO_TEST_CASE(errors_are_read_by_the_client) {
    for (const std::string_view member : {"errcode", "ret"}) {
        const auto e = complete<publish::submit>(write_error(40007, "中\n\"x\" rid: 1-2", member)).error();
        BOOST_TEST(e.api_code() == 40007);
        BOOST_TEST(e.detail() == "中\n\"x\" rid: 1-2");
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
