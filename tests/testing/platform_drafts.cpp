// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(testing_platform_drafts)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace wxmp::draft;
using namespace std::chrono_literals;

// A world with a cover, and drafts made of it.
struct desk : world {
    explicit desk(platform_rules rules = {}) : world(std::move(rules)), cover(add_cover()) {}

    article text(std::string title = "title") const {
        article a{std::move(title), cover};
        a.content = "<p>text</p>";
        return a;
    }
    std::string make(std::vector<article> articles) {
        return ask(draft::add{std::move(articles)}).value().media_id;
    }

    std::string cover;
};

BOOST_AUTO_TEST_CASE(a_draft_is_kept_with_all_it_has) {
    desk w;
    auto a = w.text();
    a.author = "author";
    a.pic_crop_1_1 = "0.1_0_1_0.9";
    a.others.entries = {{"cover_info", R"({"crop_percent_list":[{"ratio":"1_1","x1":"0.1"}]})"}};
    const auto got = w.ask(draft::get{w.make({a})}).value();
    BOOST_TEST_REQUIRE(got.news_item.size() == 1u);
    BOOST_TEST(got.news_item[0].author.value() == "author");
    BOOST_TEST(got.news_item[0].pic_crop_1_1.value() == "0.1_0_1_0.9");
    BOOST_TEST((got.news_item[0].others == a.others));
    BOOST_TEST(got.news_item[0].digest.value() == "text");
    BOOST_TEST(got.news_item[0].url.value().starts_with("http://mp.weixin.qq.com/"));
    BOOST_TEST(got.news_item[0].thumb_url.value() == w.owner.media.materials().front().url);
    BOOST_TEST(got.create_time.value().time_since_epoch().count() == 1'767'240'000);
    BOOST_TEST(got.update_time.value().time_since_epoch().count() == 1'767'240'000);
    BOOST_TEST(w.code_of(draft::get{"x"}) == 40007);
    BOOST_TEST(w.code_of(draft::get{w.cover}) == 40007);
}

BOOST_AUTO_TEST_CASE(reading_changing_and_sending_back_loses_nothing) {
    desk w;
    auto a = w.text("one");
    a.others.entries = {{"product_info", R"({"footer_product_info":{"product_key":"k"}})"}};
    const auto id = w.make({a, w.text("two")});
    article changed = w.ask(draft::get{id}).value().news_item[0];
    changed.title = "new";
    w.pass(9s);
    w.ask(update{id, index_from_0{0}, changed}).value();
    const auto got = w.ask(draft::get{id}).value();
    BOOST_TEST(got.news_item[0].title == "new");
    BOOST_TEST((got.news_item[0].others == a.others));
    BOOST_TEST(got.news_item[1].title == "two");
    BOOST_TEST(got.update_time.value().time_since_epoch().count() == 1'767'240'009);
    BOOST_TEST(w.code_of(update{id, index_from_0{1}, w.text("x")}) == 0);
    BOOST_TEST(w.code_of(update{id, index_from_0{2}, w.text("x")}) == 40114);
    BOOST_TEST(w.code_of(update{"x", index_from_0{0}, w.text("x")}) == 40007);
    BOOST_TEST(w.code_of(update{id, index_from_0{0}, w.text(std::string(65, 'x'))}) == 45003);
    BOOST_TEST(w.code_of_post<update>(R"({"media_id":"x","index":0,"articles":[]})") == 47001);
}

BOOST_AUTO_TEST_CASE(a_draft_has_one_to_eight_articles_and_their_limits) {
    desk w;
    auto o = without_limits();
    o.limits.articles = limits::none;
    const auto code = [&](std::vector<article> articles) { return code_in(w.ask(draft::add{articles}, o)); };
    BOOST_TEST(w.code_of_post<draft::add>(R"({"articles":[]})") == 44003);
    BOOST_TEST(code(std::vector<article>(8, w.text())) == 0);
    BOOST_TEST(code(std::vector<article>(9, w.text())) == 45008);
    auto a = w.text();
    a.digest = std::string(121, 'x');
    BOOST_TEST(code({w.text(), a}) == 45004);
    a = w.text();
    a.need_open_comment = true;
    BOOST_TEST(code({a}) == 0);
    w.owner.comments.allow(false);
    BOOST_TEST(code({a}) == 88000);
}

BOOST_AUTO_TEST_CASE(an_article_may_consist_of_pictures) {
    desk w;
    article a{"pictures"};
    a.article_type.emplace(article_type::newspic);
    const auto code = [&] {
        auto o = without_limits();
        o.limits.article_images = limits::none;
        return code_in(w.ask(draft::add{{a}}, o));
    };
    a.image_info = article_images{.image_list = {{{w.cover}, {w.cover}}}};
    BOOST_TEST(code() == 0);
    a.image_info->image_list.assign(21, {w.cover});
    BOOST_TEST(code() == 45020);
    a.image_info->image_list = {{w.cover}, {"x"}};
    BOOST_TEST(code() == 40007);
    BOOST_TEST(w.code_of_post<draft::add>(R"({"articles":[{"title":"t","article_type":"newspic"}]})") ==
               41026);
}

BOOST_AUTO_TEST_CASE(drafts_are_counted_and_deleted) {
    desk w;
    const auto a = w.make({w.text("a")}), b = w.make({w.text("b")});
    BOOST_TEST(w.ask(count{}).value().total_count == 2u);
    w.ask(delete_{a}).value();
    BOOST_TEST(w.ask(count{}).value().total_count == 1u);
    BOOST_TEST(w.code_of(delete_{a}) == 40007);
    BOOST_TEST(w.code_of(draft::get{a}) == 40007);
    BOOST_TEST(w.code_of(draft::get{b}) == 0);
}

BOOST_AUTO_TEST_CASE(drafts_are_listed_the_newest_first) {
    desk w;
    for (int i = 1; i != 24; ++i) w.make({w.text(std::to_string(i))});
    const auto first = w.ask(batchget{0, 20}).value();
    BOOST_TEST(first.total_count == 23u);
    BOOST_TEST(first.item_count.value() == 20u);
    BOOST_TEST(first.item[0].content.value().news_item[0].title == "23");
    BOOST_TEST(first.item[0].content->news_item[0].content.value() == "<p>text</p>");
    BOOST_TEST(first.item[0].media_id == w.owner.drafts.all().back().media_id);
    const auto rest = w.ask(batchget{20, 20, true}).value();
    BOOST_TEST(rest.item_count.value() == 3u);
    BOOST_TEST(rest.item[2].content.value().news_item[0].title == "1");
    BOOST_TEST(!rest.item[2].content->news_item[0].content);
    BOOST_TEST(w.code_of_post<batchget>(R"({"offset":0,"count":21})") == 45076);
    BOOST_TEST(w.code_of_post<batchget>(R"({"offset":0,"count":0})") == 45076);
}

BOOST_AUTO_TEST_CASE(drafts_may_have_to_be_turned_on) {
    desk w;
    const auto id = w.make({w.text()});
    BOOST_TEST(w.ask(switch_{true}).value().is_open.value);
    w.p.rules().drafts_are_on = false;
    BOOST_TEST(!w.ask(switch_{true}).value().is_open.value);
    const std::vector<int> denied(6, 48001);
    const auto codes = [&] {
        return std::vector{w.code_of(draft::add{{w.text()}}),
                           w.code_of(draft::get{id}),
                           w.code_of(update{id, index_from_0{0}, w.text()}),
                           w.code_of(count{}),
                           w.code_of(batchget{0, 1}),
                           w.code_of(freepublish::batchget{0, 1})};
    };
    BOOST_TEST(codes() == denied);
    BOOST_TEST((w.ask(count{}).error() == condition::permission_denied));
    BOOST_TEST(w.ask(switch_{}).value().is_open.value);
    BOOST_TEST(w.ask(switch_{true}).value().is_open.value);
    BOOST_TEST(codes() == std::vector<int>(6, 0));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
