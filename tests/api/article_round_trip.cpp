// An article that is read, changed and sent back: the service gets all that it had.
#include <wxmp/api/draft/get.hpp>
#include <wxmp/api/draft/update.hpp>
#include <wxmp/codec/json_value.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(article_round_trip)

namespace {

using namespace wxmp;

// What draft::update sends of the one article that draft::get was answered with.
json::value sent_back(
    const json::value& stored, void (*change)(article&) = [](article&) {}) {
    const json::object answer{
        {"news_item", json::array(1, stored)}, {"create_time", 1}, {"update_time", "2"}};
    const auto got = complete<draft::get>({200, {}, json::serialize(answer)});
    BOOST_TEST_REQUIRE(got.has_value(), got.error().message());
    draft::update update{.media_id = "m", .index = index_from_0{0}, .articles = got->news_item.at(0)};
    change(update.articles);
    const auto r = prepare(update);
    BOOST_TEST_REQUIRE(r.has_value(), r.error().message());
    return json::parse(r->body.text()).at("articles");
}

// `stored` without what the service adds to the articles that it gives out.
json::value without_additions(json::value stored) {
    for (const auto* name : {"url", "thumb_url", "is_deleted"}) stored.as_object().erase(name);
    return stored;
}

const json::value text = json::parse(R"({
    "is_deleted": false,
    "url": "http://mp.weixin.qq.com/s?tempkey=1",
    "thumb_url": "http://mmbiz.qpic.cn/0",
    "title": "标题 \"引号\"",
    "thumb_media_id": "m1",
    "author": "",
    "digest": "摘要",
    "show_cover_pic": 1,
    "content": "<p>\ttext &amp; <b>more</b></p>\n",
    "content_source_url": "https://example.com/?a=1&b=2",
    "need_open_comment": 1,
    "only_fans_can_comment": 0,
    "article_type": "news",
    "pic_crop_235_1": "0_0_1_0.5",
    "pic_crop_1_1": "0_0_0.5_1",
    "cover_info": {"crop_percent_list": [{"ratio": "1_1", "x1": "0.166454", "y1": 0, "x2": 0.833545, "y2": "1"}]},
    "big": 18446744073709551615,
    "deep": [[{"a~/b": [null, true, "\u0001\\"]}]],
    "空": {}
})");

const json::value pictures = json::parse(R"({
    "title": "图片",
    "content": "几句话",
    "article_type": "newspic",
    "image_info": {
        "image_list": [
            {"image_media_id": "i1", "width": 1080, "crop": {"ratio": "1_1"}},
            {"image_media_id": "i2"}
        ],
        "layout": "grid"
    },
    "product_info": {"footer_product_info": {"product_key": "k"}}
})");

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_is_lost) {
    BOOST_TEST(sent_back(text) == without_additions(text));
    BOOST_TEST(sent_back(pictures) == pictures);
}

BOOST_AUTO_TEST_CASE(only_the_change_is_sent_back) {
    auto want = without_additions(text);
    want.at("title") = "anders";
    want.as_object().erase("author");
    BOOST_TEST(sent_back(text, [](article& a) {
                   a.title = "anders";
                   a.author.reset();
               }) == want);
}

BOOST_AUTO_TEST_CASE(a_crop_can_be_added_as_json) {
    auto want = pictures;
    want.as_object()["cover_info"] = json::object{{"crop_percent_list", json::array()}};
    BOOST_TEST(sent_back(pictures, [](article& a) {
                   a.others.entries.push_back({"cover_info", R"({"crop_percent_list":[]})"});
               }) == want);
}

BOOST_AUTO_TEST_CASE(unknown_members_are_sent_last_and_in_their_order) {
    const auto sent = sent_back(text);
    std::string names;
    for (const auto& [name, value] : sent.as_object()) (names += name) += ' ';
    BOOST_TEST(names.ends_with("pic_crop_1_1 cover_info big deep 空 "));
}

BOOST_AUTO_TEST_SUITE_END()
