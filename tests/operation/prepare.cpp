// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/media/upload.hpp>
#include <wxmp/api/publish/delete_.hpp>
#include <wxmp/api/publish/query.hpp>
#include <wxmp/api/upload_video/query_status.hpp>
#include <wxmp/api/upload_video/save_video.hpp>
#include <wxmp/api/upload_video/upload_block.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/operation/prepare.hpp>

#include <boost/describe/class.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(operation_prepare)

namespace {

using namespace wxmp;

// Every odd thing that may stand in a query.
struct odd_query {
    static constexpr endpoint at = endpoint::get("/odd");
    struct response {};

    std::string text;
    std::optional<std::string> maybe{};
    std::uint64_t number{};
    flag yes{};
    wxmp::secret hidden{};
};
BOOST_DESCRIBE_STRUCT(odd_query, (), (text, maybe, number, yes, hidden))
BOOST_DESCRIBE_STRUCT(odd_query::response, (), ())

// A form of a file and a secret.
struct odd_form {
    static constexpr endpoint at = endpoint::post_form("/form").query("kind");
    struct response {};

    std::string kind;
    http::file media;
    std::optional<std::string> note{};
};
BOOST_DESCRIBE_STRUCT(odd_form, (), (kind, media, note))
BOOST_DESCRIBE_STRUCT(odd_form::response, (), ())

const std::string canary = "CANARY-+/&=?%\r\n秘";
const std::string canary_escaped = "CANARY-%2B%2F%26%3D%3F%25%0D%0A%E7%A7%98";

BOOST_AUTO_TEST_CASE(a_post_of_json) {
    publish::query op{"中\"\\\n/<&>"};
    const auto r = prepare(op).value();
    BOOST_CHECK(r.verb == method::post);
    BOOST_TEST(r.scheme == "https");
    BOOST_TEST(r.host == "api.weixin.qq.com");
    BOOST_TEST(r.target.reveal() == "/cgi-bin/publish/query");
    BOOST_TEST(r.safe_target == "/cgi-bin/publish/query");
    BOOST_TEST(r.body.text() == R"({"media_id":"中\"\\\n/<&>"})");
    BOOST_CHECK(r.headers ==
                std::vector<http::header>({{"Content-Type", "application/json; charset=utf-8"}}));
    BOOST_TEST(r.needs_token);
    BOOST_TEST(r.idempotent);
    BOOST_TEST(!prepare(publish::delete_{"m", index_from_1{1}}).value().idempotent);
}

BOOST_AUTO_TEST_CASE(options_are_handed_on) {
    options o;
    o.scheme = "http";
    o.host = "127.0.0.1:8080";
    o.timeout = std::chrono::milliseconds(5);
    o.max_response = 77;
    const auto r = prepare(publish::query{"m"}, o).value();
    BOOST_TEST(r.scheme == "http");
    BOOST_TEST(r.host == "127.0.0.1:8080");
    BOOST_TEST(r.timeout.count() == 5);
    BOOST_TEST(r.max_response == 77u);
    BOOST_TEST(r.url().take() == "http://127.0.0.1:8080/cgi-bin/publish/query");
}

BOOST_AUTO_TEST_CASE(an_empty_post_has_neither_body_nor_content_type) {
    const auto r = prepare(upload_video::query_status{"m 1&x=y"}).value();
    BOOST_CHECK(r.verb == method::post);
    BOOST_TEST(r.target.reveal() ==
               "/cgi-bin/material/upload_video?action=query_status&media_id=m%201%26x%3Dy");
    BOOST_TEST(r.safe_target == r.target.reveal());
    BOOST_TEST(r.body.size() == 0u);
    BOOST_TEST(r.headers.empty());
}

BOOST_AUTO_TEST_CASE(raw_bytes_are_not_copied) {
    const std::string bytes(1000, '\n');
    const upload_video::upload_block op{"v", sha1_of(bytes), index_from_1{7}, http::body::borrow(bytes)};
    const auto r = prepare(op).value();
    BOOST_TEST(r.target.reveal() == "/cgi-bin/material/upload_video?action=upload_block&vid=v&part_sha=" +
                                        op.part_sha.hex() + "&part_num=7");
    BOOST_TEST(http::find_header(r.headers, "content-type") == "application/octet-stream");
    BOOST_REQUIRE(r.body.pieces().size() == 1u);
    BOOST_TEST(static_cast<const void*>(r.body.pieces()[0].bytes().data()) == bytes.data());
}

BOOST_AUTO_TEST_CASE(a_query_of_every_kind) {
    const auto r =
        prepare(odd_query{"a+b c&d=e#f/?中%", "", 18446744073709551615u, true, secret(canary)}).value();
    BOOST_CHECK(r.verb == method::get);
    const std::string start =
        "/odd?text=a%2Bb%20c%26d%3De%23f%2F%3F%E4%B8%AD%25&maybe=&number=18446744073709551615&yes=1&hidden=";
    BOOST_TEST(r.target.reveal() == start + canary_escaped);
    BOOST_TEST(r.safe_target == start + "***");
    BOOST_TEST(prepare(odd_query{""}).value().target.take() == "/odd?text=&number=0&yes=0&hidden=");
}

BOOST_AUTO_TEST_CASE(a_form_names_what_of_its_file_cannot_be_sent) {
    const auto e = prepare(odd_form{"image", {"a\n.jpg", http::body("bytes"), {}}}).error();
    BOOST_TEST((e == errc::forbidden_character));
    BOOST_TEST(e.detail() == "form: media/filename has a control character; it must have none");
    BOOST_TEST(e.request_member() == "/media/filename");
}

BOOST_AUTO_TEST_CASE(a_type_of_media_that_the_service_does_not_know_is_refused) {
    const auto e =
        prepare(media::upload{static_cast<media_type>(9), {"a.jpg", http::body("bytes"), {}}}).error();
    BOOST_TEST((e == errc::out_of_range));
    BOOST_TEST(e.request_member() == "/type");
}

BOOST_AUTO_TEST_CASE(a_form_leaves_out_what_is_not_set) {
    const auto r = prepare(odd_form{"image", {"a.jpg", http::body("bytes"), {}}}).value();
    BOOST_TEST(r.target.reveal() == "/form?kind=image");
    BOOST_TEST(http::find_header(r.headers, "Content-Type").starts_with("multipart/form-data; boundary="));
    BOOST_TEST(r.body.text().find("name=\"media\"") != std::string::npos);
    BOOST_TEST(r.body.text().find("kind") == std::string::npos);
    BOOST_TEST(r.body.text().find("note") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_token_is_escaped_and_masked_and_added_once) {
    auto first = prepare(publish::query{"m"}).value();
    authorize(first, secret(canary));
    BOOST_TEST(first.target.reveal() == "/cgi-bin/publish/query?access_token=" + canary_escaped);
    BOOST_TEST(first.safe_target == "/cgi-bin/publish/query?access_token=***");
    BOOST_TEST(!first.needs_token);
    authorize(first, secret("OTHER"));
    BOOST_TEST(first.target.reveal().find("OTHER") == std::string::npos);

    auto later = prepare(upload_video::query_status{"m"}).value();
    authorize(later, secret(canary));
    BOOST_TEST(later.target.reveal() ==
               "/cgi-bin/material/upload_video?action=query_status&media_id=m&access_token=" +
                   canary_escaped);
    BOOST_TEST(later.safe_target.ends_with("&media_id=m&access_token=***"));
}

BOOST_AUTO_TEST_CASE(calls_without_a_token_get_none) {
    auto r = prepare(auth::token{{}, "wx1", secret(canary)}).value();
    BOOST_TEST(!r.needs_token);
    authorize(r, secret("TOKEN"));
    BOOST_TEST(r.target.reveal() ==
               "/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=" + canary_escaped);
    BOOST_TEST(r.safe_target == "/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=***");

    const auto body = prepare(auth::stable_token{{}, "wx1", secret("S")}).value();
    BOOST_TEST(body.safe_target == "/cgi-bin/stable_token");
    BOOST_TEST(body.body.text() == R"({"grant_type":"client_credential","appid":"wx1","secret":"S"})");
}

BOOST_AUTO_TEST_CASE(the_host_is_a_host_and_a_port) {
    const auto prepared = [](std::string_view host, std::string_view scheme) {
        options o;
        o.host = host;
        o.scheme = scheme;
        return prepare(publish::query{"m"}, o);
    };
    using namespace std::string_view_literals;
    for (const auto good : {"api.weixin.qq.com"sv, "a_b-c~1.example.:8080"sv, "127.0.0.1:1"sv, "[::1]"sv,
                            "[::ffff:127.0.0.1]:65535"sv, "h"sv})
        BOOST_TEST((prepared(good, "https").has_value()), good);
    for (const auto bad :
         {""sv,         "a\r\nX: y"sv, "a\nb"sv,   "a\tb"sv,   "\x7f"sv, "a\0b"sv,         "user@h"sv,
          "user:p@h"sv, "h/"sv,        "h/p"sv,    "h?q"sv,    "h#f"sv,  "h\\p"sv,         "h:"sv,
          "h:x"sv,      "h:1:2"sv,     "h:80@x"sv, ":80"sv,    "h%41"sv, "a b"sv,          "é"sv,
          "[]"sv,       "[::1"sv,      "[::1]x"sv, "[::1]:"sv, "[g]"sv,  "[::1%25eth0]"sv, "::1"sv})
        BOOST_TEST((prepared(bad, "https").error() == error(errc::forbidden_character, "options::host")),
                   bad);
    for (const auto bad : {""sv, "http:"sv, "https://h/"sv, "a\r\nb"sv, "a\0b"sv})
        BOOST_TEST((prepared("h", bad).error() == error(errc::forbidden_character, "options::scheme")), bad);
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_names_its_member) {
    const auto refused = [](const auto& op, std::string_view where) {
        const auto r = prepare(op);
        return !r && r.error() == errc::invalid_utf8 && r.error().request_member() == where;
    };
    BOOST_TEST(prepare(publish::query{"\xff"}).error().message() ==
               "text is not UTF-8: publish/query: media_id is not UTF-8; it must be");
    BOOST_TEST(refused(publish::query{"\xff"}, "/media_id"));
    BOOST_TEST(refused(upload_video::query_status{"\xc0\x80"}, "/media_id"));
    BOOST_TEST(refused(odd_query{"", "\xed\xa0\x80"}, "/maybe"));
    BOOST_TEST(refused(odd_form{"\x80", {"a.jpg", http::body("x"), {}}}, "/kind"));
    BOOST_TEST(refused(odd_form{"k", {"a.jpg", http::body("x"), {}}, "\x80"}, "/note"));
    BOOST_TEST(
        refused(upload_video::save_video{"t", "d", "v", true, {}, {}, std::vector<std::string>{"a", "\xff"}},
                "/tags/1"));
}

BOOST_AUTO_TEST_CASE(no_error_holds_a_secret) {
    const auto r = prepare(auth::token{{}, "wx1", secret("CANARY\xff")});
    BOOST_REQUIRE(!r);
    BOOST_CHECK(r.error() == errc::invalid_utf8);
    BOOST_TEST(r.error().detail() == "token: secret is not UTF-8; it must be");
    BOOST_TEST(r.error().message().find("CANARY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(limits_come_before_everything) {
    const upload_video::upload_block empty{"\xff", sha1_digest{}, index_from_1{1}, http::body()};
    const auto r = prepare(empty);
    BOOST_REQUIRE(!r);
    BOOST_CHECK(r.error() == errc::limit_exceeded);
    BOOST_TEST(r.error().request_member() == "/data");
    BOOST_TEST(r.error().message() ==
               "outside the limits of the service: material/upload_video?action=upload_block: "
               "data has 0 bytes; it must have at least 1");
}

BOOST_AUTO_TEST_CASE(the_same_operation_makes_the_same_request) {
    const odd_query op{"x"};
    BOOST_TEST(prepare(op).value().target.take() == prepare(op).value().target.take());
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
