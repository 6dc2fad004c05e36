// What a caller passes on from one answer to the next request.
#include <wxmp/api/comment/list.hpp>
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/freepublish/get.hpp>
#include <wxmp/api/freepublish/submit.hpp>
#include <wxmp/api/media/upload.hpp>
#include <wxmp/api/openapi/rid_get.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(ids)

namespace {

using namespace wxmp;

template <class Op> typename Op::response decoded(std::string body) {
    const auto got = complete<Op>({200, {}, std::move(body)});
    BOOST_TEST_REQUIRE(got.has_value(), got.error().message());
    return *got;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_temporary_medium_has_one_id_whatever_its_kind) {
    BOOST_TEST(decoded<media::upload>(R"({"type":"image","media_id":"m","created_at":1})").id() == "m");
    BOOST_TEST(decoded<media::upload>(R"({"type":"thumb","thumb_media_id":"t","created_at":"1"})").id() ==
               "t");
    BOOST_TEST(decoded<media::upload>(R"({"type":"thumb","created_at":1})").id() == "");
}

BOOST_AUTO_TEST_CASE(a_publish_id_is_sent_back_as_text) {
    for (const auto* id : {"2247483655", "\"2247483655\""}) {
        const auto got =
            decoded<freepublish::submit>(R"({"errcode":0,"publish_id":)" + std::string(id) + '}');
        const auto r = prepare(freepublish::get{got.publish_id});
        BOOST_TEST_REQUIRE(r.has_value());
        BOOST_TEST(r->body.text() == R"({"publish_id":"2247483655"})");
    }
}

BOOST_AUTO_TEST_CASE(a_number_without_a_name_is_kept) {
    const auto got = decoded<freepublish::get>(R"({"publish_id":"1","publish_status":77})");
    BOOST_TEST(static_cast<int>(got.publish_status) == 77);
}

BOOST_AUTO_TEST_CASE(a_reply_is_at_most_one) {
    const auto list_with = [](const std::string& reply) {
        return complete<comment::list>(
            {200,
             {},
             R"({"errcode":0,"total":1,"comment":[{"user_comment_id":1,"create_time":1,)"
             R"("content":"c","comment_type":true)" +
                 reply + "}]}"});
    };
    const std::string one = R"({"content":"r","create_time":2})";
    for (const auto& reply : {one, '[' + one + ']'}) {
        const auto got = list_with(",\"reply\":" + reply);
        BOOST_TEST_REQUIRE(got.has_value());
        BOOST_TEST(got->comment.at(0).comment_type);
        BOOST_TEST_REQUIRE(got->comment.at(0).reply.has_value());
        BOOST_TEST(got->comment.at(0).reply->content == "r");
    }
    for (const auto* reply :
         {"", ",\"reply\":[]", ",\"reply\":null", ",\"reply\":{}", ",\"reply\":{ }", ",\"reply\":\"\""}) {
        const auto got = list_with(reply);
        BOOST_TEST_REQUIRE(got.has_value());
        BOOST_TEST(!got->comment.at(0).reply.has_value());
    }
    const auto two = list_with(",\"reply\":[" + one + ',' + one + ']');
    BOOST_TEST((two.error() == error(errc::wrong_type, "/comment/0/reply").with_http_status(200)));
    const auto text = list_with(R"(,"reply":"r")");
    BOOST_TEST((text.error() == error(errc::wrong_type, "/comment/0/reply").with_http_status(200)));
    const auto wrong = list_with(R"(,"reply":[{"content":1,"create_time":2}])");
    BOOST_TEST(
        (wrong.error() == error(errc::wrong_type, "/comment/0/reply/0/content").with_http_status(200)));
}

BOOST_AUTO_TEST_CASE(an_id_is_made_of_any_text) {
    const std::string text = "100_7";
    const opaque_id id(std::string_view(text).substr(0, 3));
    BOOST_TEST(id.text == "100");
    BOOST_TEST((opaque_id(text) == opaque_id("100_7")));
}

BOOST_AUTO_TEST_CASE(a_recorded_url_is_shown_without_its_token) {
    const auto got = decoded<openapi::rid_get>(
        R"({"errcode":0,"errmsg":"ok","request":{"invoke_time":1,"cost_in_ms":30,"request_url":"access_token=50_Im7x&type=image",)"
        R"("request_body":"","response_body":"{}","client_ip":"203.0.113.7"}})");
    BOOST_TEST(got.request.redacted_url() == "access_token=***&type=image");
    BOOST_TEST(got.request.request_url.reveal() == "access_token=50_Im7x&type=image");
}

BOOST_AUTO_TEST_CASE(what_the_service_leaves_out_or_adds_is_no_error) {
    const auto got = decoded<openapi::rid_get>(
        R"({"errcode":0,"errmsg":"ok","request":{"invoke_time":1,"cost_in_ms":30,"request_url":"access_token=50_Im7x",)"
        R"("request_body":"","response_body":"{}"}})");
    BOOST_TEST(!got.request.client_ip.has_value());
    BOOST_TEST(decoded<draft::add>(R"({"media_id":"m","item":[]})").media_id == "m");
}

BOOST_AUTO_TEST_SUITE_END()
