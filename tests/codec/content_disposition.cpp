// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/content_disposition.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(codec_content_disposition)

namespace {

using wxmp::content_disposition;

// As `type|name|filename`, where an absent filename is `-`; `refused` if the header makes no sense.
std::string read(std::string_view header) {
    const auto parsed = content_disposition::parse(header);
    return parsed ? parsed->type + '|' + parsed->name + '|' + parsed->filename.value_or("-") : "refused";
}

BOOST_AUTO_TEST_CASE(downloads) {
    BOOST_TEST(read("attachment") == "attachment||-");
    BOOST_TEST(read("attachment; filename=\"x.jpg\"") == "attachment||x.jpg");
    BOOST_TEST(read("attachment; filename=x.jpg") == "attachment||x.jpg");
    BOOST_TEST(read("attachment; filename=\"\"") == "attachment||");
    BOOST_TEST(read("attachment; filename=") == "attachment||");
    BOOST_TEST(read("attachment; filename=\"照片 1.jpg\"") == "attachment||照片 1.jpg");
    BOOST_TEST(read("attachment; filename=照片 1.jpg") == "attachment||照片 1.jpg");
    BOOST_TEST(read("attachment; filename=\"\xd5\xd5.jpg\"") == "attachment||\xd5\xd5.jpg");
    BOOST_TEST(read("attachment; filename=\"a;b=c.jpg\"") == "attachment||a;b=c.jpg");
    BOOST_TEST(read("attachment; filename=\"../../x.jpg\"") == "attachment||../../x.jpg");
}

BOOST_AUTO_TEST_CASE(parts_of_a_form) {
    BOOST_TEST(read("form-data; name=\"media\"; filename=\"a.jpg\"") == "form-data|media|a.jpg");
    BOOST_TEST(read("form-data; name=media") == "form-data|media|-");
    BOOST_TEST(read("Form-Data;NAME=\"a\";FileName=\"b\"") == "form-data|a|b");
    BOOST_TEST(read(" form-data\t;\tname = \"a\" ; ; filename = \"b\" ;") == "form-data|a|b");
    BOOST_TEST(read("form-data; filename=\"b\"; x; filelength=10; name=\"a\"") == "form-data|a|b");
}

BOOST_AUTO_TEST_CASE(escapes) {
    BOOST_TEST(read("form-data; name=\"a%22b\"; filename=\"%22.%2\"") == "form-data|a\"b|\".%2");
    BOOST_TEST(read(R"(form-data; name="a\"b"; filename="c\\d")") == R"(form-data|a"b|c\d)");
    BOOST_TEST(read(R"(form-data; name="a"; filename="C:\me\x.jpg")") == R"(form-data|a|C:\me\x.jpg)");
    BOOST_TEST(read(R"(form-data; name="a\\")") == R"(form-data|a\|-)");
    BOOST_TEST(read("form-data; name=\"a%0d%0ab%41\"") == "form-data|a%0d%0ab%41|-");
}

BOOST_AUTO_TEST_CASE(extended_filenames) {
    const std::string_view both[] = {"attachment; filename=\"x.jpg\"; filename*=utf-8''%e7%85%a7.jpg",
                                     "attachment; filename*=UTF-8'zh-CN'%E7%85%A7.jpg; filename=\"x.jpg\""};
    for (const auto header : both) BOOST_TEST(read(header) == "attachment||照.jpg");
    BOOST_TEST(read("attachment; filename*=utf-8''a+b%20c%22.jpg") == "attachment||a+b c\".jpg");
    BOOST_TEST(read("attachment; filename*=utf-8''%2522") == "attachment||%22");
    BOOST_TEST(read("attachment; filename*=\"utf-8''a.jpg\"") == "attachment||a.jpg");
    BOOST_TEST(read("attachment; filename*=utf-8''") == "attachment||");
    for (const char* bad : {"utf-8''%e7%85", "utf-8''%zz", "utf-8''%", "utf-8''%4", "utf-8''a%0d%0ab",
                            "utf-8''%00", "utf-8", "utf-8'", "iso-8859-1''a", "", "''a"}) {
        BOOST_TEST(read(std::string("attachment; filename=\"x\"; filename*=") + bad) == "attachment||x");
        BOOST_TEST(read(std::string("attachment; filename*=") + bad) == "attachment||-");
    }
}

BOOST_AUTO_TEST_CASE(nonsense) {
    for (const char* header :
         {"", " ", ";", "; name=\"a\"", "form-data; name=\"a", "form-data; name=\"",
          "form-data; name=\"a\\\"", "form-data; name=\"a\"b", "form-data; name=\"a\"b\"",
          "form-data; name=\"a\" filename=\"b\"", "form-data; name=\"a\"; name=\"b\"",
          "attachment; filename=a; FILENAME=b", "attachment; filename*=utf-8''a; filename*=utf-8''b"})
        BOOST_TEST(read(header) == "refused");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
