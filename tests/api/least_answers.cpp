// The least that an answer has to hold: what its caller cannot do without. All else the service may leave out, as it
// does now and then, and as servers that stand in for it do.
#include <wxmp/operation/complete.hpp>
#include <wxmp/testing/mutations.hpp>
#include <wxmp/wxmp.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(least_answers)

namespace {

using namespace wxmp;

template <class Op> bool decodes(const boost::json::value& answer) {
    return complete<Op>({200, {}, boost::json::serialize(answer)}).has_value();
}

// The answer is enough for the call, and nothing in it can be left out.
template <class Op> void check_least(const char* text) {
    const auto answer = boost::json::parse(text);
    BOOST_TEST(decodes<Op>(answer), "is not enough: " << text);
    std::vector<std::string> members;
    testing::detail::list_members(members, answer, "");
    for (const auto& m : members)
        BOOST_TEST(!decodes<Op>(testing::detail::without(answer, m)), m << " can be left out of " << text);
}

}  // namespace

BOOST_AUTO_TEST_CASE(of_what_makes_something_its_id) {
    check_least<draft::add>(R"({"media_id":"m"})");
    check_least<material::add_news>(R"({"media_id":"m"})");
    check_least<material::add_material>(R"({"media_id":"m"})");
    check_least<media::uploadimg>(R"({"url":"u"})");
    check_least<publish::uploadnews>(R"({"media_id":"m"})");
    check_least<freepublish::submit>(R"({"publish_id":"p"})");
    check_least<upload_video::init_upload>(R"({"vid":"v"})");
    check_least<upload_video::save_video>(R"({"media_id":"m"})");
    check_least<auth::token>(R"({"access_token":"t","expires_in":7200})");
    check_least<auth::stable_token>(R"({"access_token":"t","expires_in":7200})");
}

// Either id does, so there is none that it cannot do without.
BOOST_AUTO_TEST_CASE(of_a_temporary_medium_one_of_its_ids) {
    for (const auto* answer : {R"({"media_id":"m"})", R"({"thumb_media_id":"m"})"}) {
        const auto got = complete<media::upload>({200, {}, answer});
        BOOST_TEST_REQUIRE(got.has_value());
        BOOST_TEST(got->id() == "m");
        BOOST_TEST((!got->type && !got->created_at));
    }
}

BOOST_AUTO_TEST_CASE(of_a_page_the_total_and_what_other_calls_need) {
    check_least<draft::batchget>(R"({"total_count":1,"item":[{"media_id":"m"}]})");
    check_least<freepublish::batchget>(R"({"total_count":1,"item":[{"article_id":"a"}]})");
    check_least<material::batchget_material>(R"({"total_count":1,"item":[{"media_id":"m"}]})");
    check_least<comment::list>(
        R"({"total":1,"comment":[{"user_comment_id":1,"content":"c","comment_type":0}]})");
}

BOOST_AUTO_TEST_CASE(of_a_reply_its_text) {
    const auto list_with = [](std::string reply) {
        return complete<comment::list>(
            {200,
             {},
             R"({"total":1,"comment":[{"user_comment_id":1,"content":"c","comment_type":0,"reply":)" + reply +
                 "}]}"});
    };
    const auto got = list_with(R"({"content":"r"})");
    BOOST_TEST_REQUIRE(got.has_value());
    BOOST_TEST(got->comment.at(0).reply.value().content == "r");
    BOOST_TEST((list_with(R"({"create_time":1})").error() == errc::missing_member));
}

BOOST_AUTO_TEST_CASE(of_a_question_what_was_asked_for) {
    check_least<draft::count>(R"({"total_count":1})");
    check_least<draft::switch_>(R"({"is_open":1})");
    check_least<draft::get>(R"({"news_item":[{"title":"t"}]})");
    check_least<freepublish::getarticle>(R"({"news_item":[{"title":"t"}]})");
    check_least<freepublish::get>(R"({"publish_status":1})");
    check_least<publish::query>(R"({"status":"审核中"})");
    check_least<upload_video::query_status>(R"({"status":3})");
    check_least<material::get_materialcount>(
        R"({"voice_count":0,"video_count":0,"image_count":0,"news_count":0})");
    check_least<openapi::quota_get>(R"({"quota":{"daily_limit":2,"used":1,"remain":1}})");
    check_least<openapi::rid_get>(
        R"({"request":{"request_url":"u","request_body":"","response_body":"{}"}})");
}

BOOST_AUTO_TEST_CASE(of_a_publication_the_addresses) {
    const auto got = complete<freepublish::get>(
        {200,
         {},
         R"({"publish_status":0,"article_id":"a","article_detail":{"item":[{"article_url":"u"}]}})"});
    BOOST_TEST_REQUIRE(got.has_value());
    BOOST_TEST(got->article_detail.value().item.at(0).article_url == "u");
}

BOOST_AUTO_TEST_SUITE_END()
