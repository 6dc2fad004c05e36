// Bytes or JSON: what the answer to a download is, and what the file is called.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/api/media/get.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/serve.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(download)

namespace {

using namespace wxmp;
using material::get_material;

http::response answer(std::string body, std::vector<http::header> headers = {}) {
    return {200, std::move(headers), std::move(body)};
}

http::header disposition(std::string value) { return {"Content-disposition", std::move(value)}; }

// The file in the answer; fails the test where it is none, or not only a file.
template <class Op = get_material> http::download file_of(const http::response& r) {
    const auto got = complete<Op>(r);
    BOOST_TEST_REQUIRE(got.has_value(), got.error().message());
    BOOST_TEST_REQUIRE(got->file.has_value());
    if constexpr (requires { got->news; }) BOOST_TEST(!got->news);
    BOOST_TEST(!got->video);
    BOOST_TEST(got->file->bytes == r.body);
    return *got->file;
}

std::string name_in(std::string header) {
    return file_of(answer("x", {disposition(std::move(header))})).filename;
}

error error_of(const result<get_material::response>& got) {
    BOOST_TEST_REQUIRE(!got.has_value());
    return got.error();
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_error_is_an_error_under_any_content_type) {
    const std::string body =
        R"({"errcode":40007,"errmsg":"invalid media_id rid: 6141b79a-7c6e812d-5514c622"})";
    for (const char* type : {"text/plain", "application/json; encoding=utf-8", "image/jpeg"}) {
        const auto e = error_of(complete<get_material>(answer(body, {{"Content-Type", type}})));
        BOOST_TEST(e.api_code() == 40007);
        BOOST_TEST(e.rid() == "6141b79a-7c6e812d-5514c622");
    }
    BOOST_TEST(error_of(complete<get_material>(answer("\r\n " + body))).api_code() == 40007);
    BOOST_TEST(error_of(complete<get_material>(answer(R"({"errcode":"-1"})"))).api_code() == -1);
}

BOOST_AUTO_TEST_CASE(a_news_and_a_video_come_as_text_plain) {
    const std::vector<http::header> plain{{"Content-Type", "text/plain"}};
    const auto news = complete<get_material>(answer(R"({"news_item":[{"title":"a"},{"title":"b"}]})", plain));
    BOOST_TEST_REQUIRE(news.has_value());
    BOOST_TEST_REQUIRE(news->news.has_value());
    BOOST_TEST(news->news->news_item.at(1).title == "b");
    BOOST_TEST((!news->video && !news->file));

    const auto video = complete<get_material>(answer(R"({"title":"t","down_url":"http://v/1"})", plain));
    BOOST_TEST_REQUIRE(video.has_value());
    BOOST_TEST_REQUIRE(video->video.has_value());
    BOOST_TEST(video->video->down_url == "http://v/1");
    BOOST_TEST((!video->news && !video->file));

    // The first of the alternatives counts, whichever comes first in the text.
    for (const auto* text : {R"({"news_item":[],"down_url":"u"})", R"({"down_url":"u","news_item":[]})"}) {
        const auto both = complete<get_material>(answer(text, plain));
        BOOST_TEST_REQUIRE(both.has_value());
        BOOST_TEST((both->news && !both->video && !both->file));
    }

    const auto link = complete<media::get>(answer(R"({"video_url":"http://v/2"})", plain));
    BOOST_TEST_REQUIRE(link.has_value());
    BOOST_TEST_REQUIRE(link->video.has_value());
    BOOST_TEST(link->video->video_url == "http://v/2");
    BOOST_TEST(!link->file);
}

BOOST_AUTO_TEST_CASE(what_is_no_json_answer_is_a_file) {
    const std::string bodies[] = {
        "",
        " ",
        std::string("\xff\xd8\xff\xe0\0\x10JFIF", 10),
        "{",
        "{\\rtf1 not JSON}",
        std::string("{\0\0\0", 4),
        R"({"errcode":40007)",
        R"({"errcode":40007} and more)",
        R"([{"errcode":40007}])",
        R"("errcode")",
        "{}",
        R"({"title":"a JSON file","media_id":"m"})",
        R"({"inside":{"errcode":40007,"news_item":[]}})",
        std::string(100, '[') + std::string(100, ']'),
        R"({"news_item":)" + std::string(100, '[') + std::string(100, ']') + '}',
    };
    for (const auto& body : bodies) {
        BOOST_TEST_CONTEXT(body) {
            BOOST_TEST(file_of(answer(body, {{"Content-Type", "text/plain"}})).content_type == "text/plain");
            BOOST_TEST(file_of<media::get>(answer(body)).content_type.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(each_call_knows_its_own_members) {
    file_of<media::get>(answer(R"({"news_item":[{"title":"a"}]})"));
    file_of<get_material>(answer(R"({"video_url":"http://v/2"})"));
}

BOOST_AUTO_TEST_CASE(a_content_disposition_makes_anything_a_file) {
    for (const auto* body : {R"({"errcode":40007,"errmsg":"as in a file"})", R"({"news_item":[]})", ""})
        BOOST_TEST(file_of(answer(body, {disposition("attachment; filename=\"a.json\"")})).filename ==
                   "a.json");
    BOOST_TEST(file_of(answer(R"({"errcode":1})", {disposition("\"no sense")})).filename.empty());
    // An empty one says nothing.
    BOOST_TEST(error_of(complete<get_material>(answer(R"({"errcode":1})", {disposition("")}))).api_code() ==
               1);
}

BOOST_AUTO_TEST_CASE(json_that_does_not_fit_is_an_error_with_its_place) {
    const auto wrong = error_of(complete<get_material>(answer(R"({"news_item":[{"title":7}]})")));
    BOOST_TEST((wrong == errc::wrong_type));
    BOOST_TEST(wrong.detail() == "/news_item/0/title");
    const auto nothing = error_of(complete<get_material>(answer(R"({"errcode":0,"errmsg":"ok"})")));
    BOOST_TEST((nothing == errc::missing_member));
}

BOOST_AUTO_TEST_CASE(a_failed_status_is_never_a_file) {
    const auto with_status = [](int status, std::string body) {
        return error_of(complete<get_material>(
            {status, {disposition("attachment; filename=\"a.jpg\"")}, std::move(body)}));
    };
    BOOST_TEST((with_status(502, "<html>") == errc::http_status));
    BOOST_TEST(with_status(404, "").http_status() == 404);
    BOOST_TEST(error_of(complete<get_material>({500, {}, R"({"errcode":-1})"})).api_code() == -1);
}

BOOST_AUTO_TEST_CASE(the_size_is_limited) {
    options o;
    o.max_file = 3;
    BOOST_TEST(complete<get_material>(answer("abc"), o).has_value());
    BOOST_TEST((error_of(complete<get_material>(answer("abcd"), o)) == errc::too_large));
}

BOOST_AUTO_TEST_CASE(other_calls_take_no_bytes) {
    const auto got =
        complete<draft::count>(answer("\xff\xd8", {disposition("attachment; filename=\"a.jpg\"")}));
    BOOST_TEST_REQUIRE(!got.has_value());
    BOOST_TEST((got.error() == errc::bad_json));
}

BOOST_AUTO_TEST_CASE(names) {
    const std::pair<const char*, const char*> cases[] = {
        {"attachment; filename=\"MEDIA_ID.jpg\"", "MEDIA_ID.jpg"},
        {"attachment; filename=MEDIA_ID.jpg", "MEDIA_ID.jpg"},
        {"attachment; filename=\"照片 1.jpg\"", "照片 1.jpg"},
        {"attachment; filename=照片.jpg", "照片.jpg"},
        {"attachment; filename*=utf-8''%E7%85%A7%E7%89%87.jpg", "照片.jpg"},
        {"attachment; filename=\"_.jpg\"; filename*=UTF-8''%E7%85%A7.jpg", "照.jpg"},
        {"attachment; filename=\"a%22b.jpg\"", "a\"b.jpg"},
        {"attachment; filename=\"\"", ""},
        {"attachment", ""},
        {"attachment; filename", ""},
        {"attachment; filename=\"never closed", ""},
        {"inline; FileName=\"a.jpg\"", "a.jpg"},
        {"attachment; filename=\"../../etc/passwd\"", "passwd"},
        {"attachment; filename=\"C:\\folder\\a.jpg\"", "a.jpg"},
        {"attachment; filename=\"..\"", ""},
        {"attachment; filename=\"folder/.\"", ""},
        {"attachment; filename*=utf-8''a%2Fb.jpg", "b.jpg"},
        {"attachment; filename=\"a\tb.jpg\"", ""},
    };
    for (const auto& [header, name] : cases) BOOST_TEST_CONTEXT(header) BOOST_TEST(name_in(header) == name);
}

BOOST_AUTO_TEST_CASE(writing) {
    const auto written = [](http::download file) {
        get_material::response answer;
        answer.file = std::move(file);
        return write_response<get_material>(answer);
    };
    const auto r = written({"folder/照片 \"1\".jpg", "", std::string("\0{", 2)});
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST(http::find_header(r->headers, "Content-Type") == "image/jpeg");
    BOOST_TEST(http::find_header(r->headers, "Content-Disposition") ==
               "attachment; filename=\"照片 %221%22.jpg\"");
    BOOST_TEST((file_of(*r) == http::download{"照片 \"1\".jpg", "image/jpeg", std::string("\0{", 2)}));

    const auto nameless = written({"", "voice/amr", R"({"errcode":1})"});
    BOOST_TEST_REQUIRE(nameless.has_value());
    BOOST_TEST(http::find_header(nameless->headers, "Content-Disposition") == "attachment");
    BOOST_TEST((file_of(*nameless) == http::download{"", "voice/amr", R"({"errcode":1})"}));

    BOOST_TEST((written({"a\r\nX: y", "", ""}).error() == error(errc::forbidden_character, "filename")));
    BOOST_TEST((written({"a", "b\r\n", ""}).error() == error(errc::forbidden_character, "content_type")));
    BOOST_TEST((write_response<get_material>({}).error() == errc::missing_member));
}

BOOST_AUTO_TEST_SUITE_END()
