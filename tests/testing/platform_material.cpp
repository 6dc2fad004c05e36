// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/material/get_materialcount.hpp>

#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(testing_platform_material)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace wxmp::material;
using namespace std::chrono_literals;

// A world with a cover, and news made of it.
struct shelf : world {
    explicit shelf(platform_rules rules = {}) : world(std::move(rules)), cover(add_cover()) {}

    article text(std::string title = "title") const {
        article a{std::move(title), cover};
        a.content = "<p>text</p>";
        return a;
    }
    std::string add(std::vector<article> articles) {
        return ask(add_news{std::move(articles)}).value().media_id;
    }
    std::string add_file(media_type type, std::string filename, std::string bytes = "bytes") {
        add_material op{type, {std::move(filename), {std::move(bytes)}}};
        if (type == media_type::video) op.description = {"a title", "a few words"};
        return ask(op).value().media_id;
    }
    batchget_material::response list(material_kind kind, std::uint64_t offset = 0, std::uint32_t count = 20) {
        return ask(batchget_material{kind, offset, count}).value();
    }

    std::string cover;
};

BOOST_AUTO_TEST_CASE(a_file_is_given_out_as_it_came) {
    shelf w;
    const std::string bytes("{\"errcode\":0}\0\r\n\xff", 17);
    const auto got = w.ask(get_material{w.add_file(media_type::image, "照片.png", bytes)}).value();
    BOOST_TEST(got.file.value().bytes == bytes);
    BOOST_TEST(got.file->filename == "照片.png");
    BOOST_TEST(got.file->content_type == "image/png");
    BOOST_TEST(!got.news);
    BOOST_TEST(!got.video);
}

BOOST_AUTO_TEST_CASE(a_file_may_come_without_a_name) {
    shelf w;
    w.p.rules().nameless_materials = true;
    const auto got = w.ask(get_material{w.add_file(media_type::voice, "v.mp3", "not {json}")}).value();
    BOOST_TEST(got.file.value().bytes == "not {json}");
    BOOST_TEST(got.file->filename == "");
    BOOST_TEST(got.file->content_type == "text/plain");
}

BOOST_AUTO_TEST_CASE(a_video_is_given_out_by_its_address) {
    shelf w;
    const auto got = w.ask(get_material{w.add_file(media_type::video, "v.mp4")}).value();
    BOOST_TEST(got.video.value().title.value() == "a title");
    BOOST_TEST(got.video->description.value() == "a few words");
    BOOST_TEST(got.video->down_url == w.owner.media.materials().back().url);
    BOOST_TEST(!got.file);
}

BOOST_AUTO_TEST_CASE(a_news_is_given_out_with_all_it_has) {
    shelf w;
    auto first = w.text("first");
    first.need_open_comment = true;
    first.only_fans_can_comment = true;
    first.others.entries = {{"product_info", R"({"a":[1,"字"]})"}};
    auto second = w.text("second");
    second.content = "a<script>x()</script><img src=\"http://example.com/x.png\">b";
    const auto got = w.ask(get_material{w.add({first, second})}).value();
    const auto& articles = got.news.value().news_item;
    BOOST_TEST_REQUIRE(articles.size() == 2u);
    BOOST_TEST(articles[0].title == "first");
    BOOST_TEST(articles[0].need_open_comment.value().value);
    BOOST_TEST(articles[0].only_fans_can_comment.value().value);
    BOOST_TEST((articles[0].others == first.others));
    BOOST_TEST(articles[0].thumb_url.value() == w.owner.media.materials().front().url);
    BOOST_TEST(articles[1].content.value() == "ab");
    BOOST_TEST(articles[1].url.value().find("&idx=2&") != std::string::npos);
    BOOST_TEST(!articles[1].digest);
    BOOST_TEST(got.news->create_time.value().time_since_epoch().count() == 1'767'240'000);
}

BOOST_AUTO_TEST_CASE(only_a_single_article_gets_a_digest) {
    shelf w;
    auto a = w.text();
    a.content = "<p>" + std::string(60, 'x') + "</p>";
    const auto got = w.ask(get_material{w.add({a})}).value();
    BOOST_TEST(got.news->news_item.front().digest.value() == std::string(54, 'x'));
}

BOOST_AUTO_TEST_CASE(a_news_has_one_to_eight_articles_and_their_limits) {
    shelf w;
    auto o = without_limits();
    o.limits.articles = limits::none;
    const auto code = [&](std::vector<article> articles) { return code_in(w.ask(add_news{articles}, o)); };
    BOOST_TEST(w.code_of_post<add_news>(R"({"articles":[]})") == 44003);
    BOOST_TEST(w.code_of_post<add_news>("{}") == 44003);
    BOOST_TEST(code(std::vector<article>(8, w.text())) == 0);
    BOOST_TEST(code(std::vector<article>(9, w.text())) == 45008);
    auto other = w.text();
    other.title = std::string(65, 'x');
    BOOST_TEST(code({w.text(), other}) == 45003);
    other = w.text();
    other.digest = std::string(121, 'x');
    BOOST_TEST(code({other}) == 45004);
    other = w.text();
    other.content = std::string(20'000, 'x');
    BOOST_TEST(code({other}) == 45002);
    other = w.text();
    other.thumb_media_id = w.ask(media::upload{media_type::thumb, {"t.jpg", {"x"}}}).value().id();
    BOOST_TEST(code({other}) == 40007);
    BOOST_TEST(w.owner.news.count() == 1u);
}

BOOST_AUTO_TEST_CASE(comments_need_the_right_to_them) {
    shelf w;
    w.owner.comments.allow(false);
    auto a = w.text();
    BOOST_TEST(w.code_of(add_news{{a}}) == 0);
    a.need_open_comment = true;
    BOOST_TEST(w.code_of(add_news{{a}}) == 88000);
    const auto id = w.add({w.text()});
    BOOST_TEST(w.code_of(update_news{id, index_from_0{0}, a}) == 88000);
}

BOOST_AUTO_TEST_CASE(an_article_of_a_news_can_be_replaced) {
    shelf w;
    const auto id = w.add({w.text("one"), w.text("two")});
    w.pass(5s);
    w.ask(update_news{id, index_from_0{1}, w.text("new")}).value();
    const auto news = *w.ask(get_material{id}).value().news;
    BOOST_TEST(news.news_item[0].title == "one");
    BOOST_TEST(news.news_item[1].title == "new");
    BOOST_TEST(news.update_time.value().time_since_epoch().count() ==
               news.create_time.value().time_since_epoch().count() + 5);
    BOOST_TEST(w.code_of(update_news{id, index_from_0{2}, w.text()}) == 40114);
    BOOST_TEST(w.code_of(update_news{"x", index_from_0{0}, w.text()}) == 40007);
    BOOST_TEST(w.code_of(update_news{w.cover, index_from_0{0}, w.text()}) == 40007);
    BOOST_TEST(w.code_of(update_news{id, index_from_0{0}, w.text(std::string(65, 'x'))}) == 45003);
    const auto list = R"({"media_id":")" + id + R"(","index":0,"articles":[{"title":"t"}]})";
    BOOST_TEST(w.code_of_post<update_news>(list) == 47001);
}

BOOST_AUTO_TEST_CASE(news_can_be_retired) {
    shelf w;
    const auto id = w.add({w.text()});
    w.p.rules().news_is_retired = true;
    BOOST_TEST(w.code_of(add_news{{w.text()}}) == 45106);
    BOOST_TEST(w.code_of(update_news{id, index_from_0{0}, w.text()}) == 45106);
    BOOST_TEST(w.code_of(get_material{id}) == 0);
}

BOOST_AUTO_TEST_CASE(what_is_deleted_is_found_by_no_call) {
    shelf w;
    const auto image = w.add_file(media_type::image, "a.jpg");
    const auto news = w.add({w.text()});
    for (const auto& id : {image, news}) {
        BOOST_TEST(w.code_of(del_material{id}) == 0);
        BOOST_TEST(w.code_of(get_material{id}) == 40007);
        BOOST_TEST(w.code_of(del_material{id}) == 40007);
    }
    BOOST_TEST(w.list(material_kind::image).total_count == 1u);  // the cover
    BOOST_TEST(w.list(material_kind::news).total_count == 0u);
    auto a = w.text();
    a.thumb_media_id = image;
    BOOST_TEST(w.code_of(add_news{{a}}) == 40007);
}

BOOST_AUTO_TEST_CASE(a_public_article_keeps_a_deleted_cover) {
    shelf w;
    const auto id = w.ask(publish::uploadnews{{w.text()}}).value().media_id;
    w.ask(publish::submit{id}).value();
    w.ask(del_material{w.cover}).value();
    w.pass(60s);
    const auto url = w.ask(publish::query{id}).value().url.value();
    BOOST_TEST(w.p.published(url).value().cover->bytes == "cover");
}

BOOST_AUTO_TEST_CASE(materials_are_counted_by_kind) {
    shelf w;
    w.add_file(media_type::image, "a.jpg");
    w.add_file(media_type::thumb, "a.jpg");
    w.add_file(media_type::voice, "a.mp3");
    w.ask(del_material{w.add_file(media_type::voice, "b.mp3")}).value();
    w.add_file(media_type::video, "a.mp4");
    w.add({w.text()});
    const auto n = w.ask(get_materialcount{}).value();
    BOOST_TEST(n.image_count == 2u);  // with the cover
    BOOST_TEST(n.voice_count == 1u);
    BOOST_TEST(n.video_count == 1u);
    BOOST_TEST(n.news_count == 1u);
}

BOOST_AUTO_TEST_CASE(the_store_has_a_limit_for_each_kind) {
    platform_rules rules;
    BOOST_TEST(rules.stored_images == 100'000u);
    BOOST_TEST(rules.stored_news == 5'000u);
    BOOST_TEST(rules.stored_others == 1'000u);
    rules.stored_news = 1;
    shelf w(rules);
    const auto id = w.add({w.text()});
    BOOST_TEST(w.code_of(add_news{{w.text()}}) == 45034);
    w.ask(del_material{id}).value();
    BOOST_TEST(w.code_of(add_news{{w.text()}}) == 0);
    w.p.rules().stored_images = 1;
    BOOST_TEST(w.code_of(add_material{media_type::image, {"a.jpg", {"x"}}}) == 45034);
    w.ask(del_material{w.cover}).value();
    BOOST_TEST(w.code_of(add_material{media_type::image, {"a.jpg", {"x"}}}) == 0);
}

BOOST_AUTO_TEST_CASE(lists_show_the_newest_first) {
    shelf w;
    for (int i = 1; i != 26; ++i) {
        w.pass(1s);
        w.add_file(media_type::voice, std::to_string(i) + ".mp3");
        w.add_file(media_type::thumb, std::to_string(i) + ".jpg");
    }
    const auto first = w.list(material_kind::voice);
    BOOST_TEST(first.total_count == 25u);
    BOOST_TEST(first.item_count.value() == 20u);
    BOOST_TEST_REQUIRE(first.item.size() == 20u);
    BOOST_TEST(first.item[0].name.value() == "25.mp3");
    BOOST_TEST(first.item[0].update_time.value().time_since_epoch().count() == 1'767'240'025);
    BOOST_TEST(!first.item[0].url);
    BOOST_TEST(!first.item[0].content);
    const auto rest = w.list(material_kind::voice, 20);
    BOOST_TEST(rest.total_count == 25u);
    BOOST_TEST(rest.item_count.value() == 5u);
    BOOST_TEST(rest.item.back().name.value() == "1.mp3");
    BOOST_TEST(w.list(material_kind::voice, 24, 1).item.front().name.value() == "1.mp3");
    BOOST_TEST(w.list(material_kind::voice, 25).item.empty());
    BOOST_TEST(w.list(material_kind::voice, ~std::uint64_t{}).item.empty());
    BOOST_TEST(w.list(material_kind::video).total_count == 0u);
    BOOST_TEST(w.list(material_kind::image).item.front().url.value() ==
               w.owner.media.materials().front().url);
}

BOOST_AUTO_TEST_CASE(news_are_listed_with_their_content) {
    shelf w;
    w.add({w.text("old")});
    const auto id = w.add({w.text("new"), w.text("second")});
    const auto page = w.list(material_kind::news);
    BOOST_TEST(page.total_count == 2u);
    BOOST_TEST(page.item[0].media_id == id);
    BOOST_TEST(page.item[0].content.value().news_item.size() == 2u);
    BOOST_TEST(page.item[1].content.value().news_item[0].title == "old");
    BOOST_TEST(!page.item[0].name);
}

BOOST_AUTO_TEST_CASE(a_page_has_one_to_twenty_items) {
    shelf w;
    const auto code = [&](const char* kind, const char* count) {
        return w.code_of_post<batchget_material>(R"({"type":)" + std::string(kind) +
                                                 R"(,"offset":0,"count":)" + count + '}');
    };
    BOOST_TEST(code("\"image\"", "1") == 0);
    BOOST_TEST(code("\"image\"", "20") == 0);
    BOOST_TEST(code("\"image\"", "21") == 45076);
    BOOST_TEST(code("\"news\"", "0") == 45076);
    BOOST_TEST(code("\"news\"", "-1") == 45076);
    BOOST_TEST(code("\"thumb\"", "1") == 40004);
    BOOST_TEST(code("7", "1") == 40004);
    BOOST_TEST(w.code_of_post<batchget_material>(R"({"type":"image","offset":0})") == 45076);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
