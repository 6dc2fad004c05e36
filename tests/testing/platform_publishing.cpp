// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <cstdint>
#include <string>

BOOST_AUTO_TEST_SUITE(testing_platform_publishing)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace wxmp::publish;
using namespace std::chrono_literals;

// A world with a cover, and an article that is fine.
struct desk : world {
    explicit desk(platform_rules rules = {}) : world(std::move(rules)), cover(add_cover()) {}

    article text(std::string content = "<p>text</p>", std::string title = "title") const {
        article a{std::move(title), cover};
        a.content = std::move(content);
        return a;
    }
    std::string add(const article& a) { return ask(uploadnews{{a}}).value().media_id; }
    int code(const article& a) { return code_of(uploadnews{{a}}); }

    const std::string& kept(const std::string& media_id) const {
        return *owner.library.find_article(media_id)->text.content;
    }

    article_status status(const std::string& media_id) { return ask(query{media_id}).value().status; }

    std::string cover;
};

std::string characters(std::uint64_t n) {
    std::string all;
    for (; n != 0; --n) all += "字";
    return all;
}

BOOST_AUTO_TEST_CASE(an_article_is_kept) {
    desk w;
    auto a = w.text();
    a.author = "author";
    a.digest = "digest";
    a.need_open_comment = true;
    a.others.entries = {{"product_info", R"({"a":1})"}};
    const auto made = w.ask(uploadnews{{a}}).value();
    BOOST_TEST(made.type.value() == "news");
    BOOST_TEST(made.create_at.value().time_since_epoch().count() == 1'767'240'000);
    BOOST_TEST(made.item.value().size() == 1u);
    const auto& kept = *w.owner.library.find_article(made.media_id);
    BOOST_TEST(kept.text.title == "title");
    BOOST_TEST(kept.text.author.value() == "author");
    BOOST_TEST(kept.text.digest.value() == "digest");
    BOOST_TEST(kept.text.content.value() == "<p>text</p>");
    BOOST_TEST(kept.text.need_open_comment.value().value);
    BOOST_TEST((kept.text.others == a.others));
    BOOST_TEST((w.status(made.media_id) == article_status::not_submitted));
}

BOOST_AUTO_TEST_CASE(exactly_one_article) {
    desk w;
    BOOST_TEST(w.code_of(uploadnews{std::vector<article>()}) == 44003);
    BOOST_TEST(w.code_of(uploadnews{{w.text(), w.text()}}) == 45008);
}

BOOST_AUTO_TEST_CASE(an_article_has_limits) {
    desk w;
    auto a = w.text();
    a.digest = characters(120);
    a.title = characters(64);
    BOOST_TEST(w.code(a) == 0);
    a.title = characters(65);
    BOOST_TEST(w.code(a) == 45003);
    a.title = "title";
    a.digest = characters(121);
    BOOST_TEST(w.code(a) == 45004);
    BOOST_TEST(w.code(w.text(characters(19'999))) == 0);
    BOOST_TEST(w.code(w.text(characters(20'000))) == 45002);
    w.p.rules().limits.content_characters = limits::none;
    BOOST_TEST(w.code(w.text(std::string(1u << 20, 'x'))) == 45002);
    BOOST_TEST(w.code_of_post<uploadnews>(R"({"articles":[{"title":"t","thumb_media_id":")" + w.cover +
                                          R"("}]})") == 44004);
    const auto json = R"({"articles":[{"title":"","thumb_media_id":")" + w.cover + R"(","content":"x"}]})";
    BOOST_TEST(w.code_of_post<uploadnews>(json) == 40062);
}

BOOST_AUTO_TEST_CASE(the_cover_is_a_stored_picture) {
    desk w;
    auto a = w.text();
    a.thumb_media_id = "x";
    BOOST_TEST(w.code(a) == 40007);
    BOOST_TEST(w.code_of_post<uploadnews>(R"({"articles":[{"title":"t","content":"c"}]})") == 40007);
    a.thumb_media_id = w.ask(material::add_material{media_type::voice, {"v.mp3", {"x"}}}).value().media_id;
    BOOST_TEST(w.code(a) == 40007);
    a.thumb_media_id = w.ask(material::add_material{media_type::thumb, {"t.jpg", {"x"}}}).value().media_id;
    BOOST_TEST(w.code(a) == 0);
}

BOOST_AUTO_TEST_CASE(foreign_pictures_and_scripts_are_removed) {
    desk w;
    const auto url = w.ask(media::uploadimg{{"p.png", {"picture"}}}).value().url;
    const auto own = "<p><IMG alt='a > b' data-src=\"" + url + "\"/></p>";
    BOOST_TEST(w.kept(w.add(w.text(own))) == own);
    BOOST_TEST(w.kept(w.add(w.text("<p>a<img src=\"http://example.com/x.png\">b</p>"))) == "<p>ab</p>");
    BOOST_TEST(w.kept(w.add(w.text("a<img src=\"" + url + "\" data-src='http://example.com/'>b"))) == "ab");
    BOOST_TEST(w.kept(w.add(w.text("a<img src=https://example.com/x>b<img>c"))) == "ab<img>c");
    BOOST_TEST(w.kept(w.add(w.text("a<script>if (1 < 2) x('<b>');</script>b<script>c"))) == "ab");
    BOOST_TEST(w.kept(w.add(w.text("a < b && <!-- <img src=x> --> c <3"))) ==
               "a < b && <!-- <img src=x> --> c <3");
}

BOOST_AUTO_TEST_CASE(code_keeps_its_lines_only_as_breaks) {
    desk w;
    const auto kept = [&w](const std::string& content) { return w.kept(w.add(w.text(content))); };
    BOOST_TEST(kept("a\n b<pre>if\n    x\n\n\ty = 1\r\n z</pre>c\n d") == "a\n b<pre>ifxy = 1z</pre>c\n d");
    BOOST_TEST(kept("<pre>  a<br>  b<br/>\n<b>\tc  d</b>\n e</pre> f") ==
               "<pre>a<br>b<br/><b>c  d</b>e</pre> f");
    const std::string lasting = "<pre><code>if<br />&nbsp;&nbsp;x<br /><br />y</code></pre>";
    BOOST_TEST(kept(lasting) == lasting);
    BOOST_TEST(kept("<pre> a</pre> b</pre>\n c<PRE>\n d") == "<pre>a</pre> b</pre>\n c<PRE>d");
    BOOST_TEST(kept("<pre>a\n<script>x\n y</script> b</pre>") == "<pre>ab</pre>");
}

BOOST_AUTO_TEST_CASE(only_hosted_pictures_are_kept) {
    using material::add_material;
    desk w;
    const auto tag = [](const std::string& url) { return "<img src=\"" + url + "\">"; };
    const auto image = w.ask(add_material{media_type::image, {"i.gif", {"image"}}}).value();
    w.ask(add_material{media_type::video, {"v.mp4", {"video"}}, {{"title", "words"}}}).value();
    const auto video = w.owner.media.materials().back().url;
    BOOST_TEST_REQUIRE(!video.empty());
    BOOST_TEST(w.kept(w.add(w.text("a" + tag(video) + tag(*image.url)))) == "a" + tag(*image.url));
    const auto before = w.add(w.text("a" + tag(*image.url)));
    w.ask(material::del_material{image.media_id}).value();
    BOOST_TEST(w.kept(w.add(w.text("a" + tag(*image.url)))) == "a");

    // What was accepted stays.
    w.ask(submit{before}).value();
    w.pass(60s);
    const auto page = w.p.published(w.ask(query{before}).value().url.value());
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST_REQUIRE(page->pictures.size() == 1u);
    BOOST_TEST(page->pictures[0]->bytes == "image");
}

BOOST_AUTO_TEST_CASE(an_article_without_digest_gets_the_start_of_its_text) {
    desk w;
    const auto id = w.add(w.text("<p>" + characters(40) + "</p><b>" + characters(40) + "</b>"));
    BOOST_TEST(w.owner.library.find_article(id)->text.digest.value() == characters(64));
}

BOOST_AUTO_TEST_CASE(a_video_in_an_article_must_have_passed) {
    using namespace upload_video;
    desk w;
    const std::string bytes = "video";
    const auto vid = w.ask(init_upload{"v.mp4", sha1_of(bytes), bytes.size()}).value().vid;
    const auto iframe =
        "<iframe class=\"video_iframe\" data-mpvid=\"" + vid + "\" allowfullscreen=\"\"></iframe>";
    BOOST_TEST(w.code(w.text("<iframe data-mpvid='wxv_1'></iframe>")) == 40218);
    BOOST_TEST(w.code(w.text(iframe)) == 48014);
    w.ask(upload_block{vid, sha1_of(bytes), index_from_1{1}, http::body::borrow(bytes)}).value();
    w.ask(upload_finish{vid}).value();
    w.ask(save_video{"t", "d", vid, false}).value();
    BOOST_TEST(w.code(w.text(iframe)) == 48014);
    w.pass(30s);
    BOOST_TEST(w.kept(w.add(w.text(iframe))) == iframe);
    BOOST_TEST(w.code(w.text("<iframe src='http://example.com'></iframe>")) == 0);
}

BOOST_AUTO_TEST_CASE(an_article_is_reviewed_and_published) {
    desk w;
    const auto id = w.add(w.text());
    w.ask(submit{id}).value();
    BOOST_TEST((w.status(id) == article_status::in_review));
    BOOST_TEST(!w.ask(query{id}).value().url);
    w.pass(60s);
    const auto answer = w.ask(query{id}).value();
    BOOST_TEST((answer.status == article_status::published));
    BOOST_TEST(answer.url.value().starts_with("http://mp.weixin.qq.com/s?__biz="));
    const auto page = w.p.published(*answer.url);
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST(page->text->content.value() == "<p>text</p>");
    BOOST_TEST(page->cover->bytes == "cover");
    BOOST_TEST(!w.p.published(*answer.url + "x"));
}

BOOST_AUTO_TEST_CASE(a_page_is_there_only_while_it_is_public) {
    desk w;
    const auto id = w.add(w.text());
    const auto url = w.owner.library.find_article(id)->url;
    BOOST_TEST(!w.p.published(url));
    w.ask(submit{id}).value();
    BOOST_TEST(!w.p.published(url));
    w.pass(60s);
    w.status(id);
    BOOST_TEST(w.p.published(url).has_value());
    w.ask(delete_{id, index_from_1{1}}).value();
    BOOST_TEST(!w.p.published(url));
}

BOOST_AUTO_TEST_CASE(a_mark_in_the_title_makes_the_review_refuse) {
    desk w;
    const auto id = w.add(w.text("text", "a [refuse]"));
    w.ask(submit{id}).value();
    BOOST_TEST((w.status(id) == article_status::in_review));
    w.pass(60s);
    BOOST_TEST((w.status(id) == article_status::refused));
    BOOST_TEST(!w.ask(query{id}).value().url);
}

BOOST_AUTO_TEST_CASE(an_article_is_submitted_once) {
    desk w;
    const auto id = w.add(w.text());
    w.ask(submit{id}).value();
    const auto again = w.ask(submit{id});
    BOOST_TEST((again.error() == errc::already_submitted));
    BOOST_TEST(again.error().detail().starts_with("abnormal status"));
    const auto change = w.ask(update{id, index_from_1{1}, w.text("new")});
    BOOST_TEST((change.error() == errc::already_submitted));
    BOOST_TEST(change.error().detail().starts_with("invalid status"));
    BOOST_TEST(w.kept(id) == "<p>text</p>");
    BOOST_TEST(w.code_of(submit{"x"}) == 40007);
}

BOOST_AUTO_TEST_CASE(an_article_can_be_changed_before) {
    desk w;
    const auto id = w.add(w.text());
    w.ask(update{id, index_from_1{1}, w.text("new<img src=x>", "other")}).value();
    BOOST_TEST(w.kept(id) == "new");
    BOOST_TEST(w.owner.library.find_article(id)->text.title == "other");
    BOOST_TEST(w.owner.library.find_article(id)->updates == 1u);
    BOOST_TEST(w.code_of(update{id, index_from_1{2}, w.text()}) == 40114);
    BOOST_TEST(w.code_of(update{id, index_from_1{1}, w.text("x", characters(65))}) == 45003);
    BOOST_TEST(w.code_of(update{"x", index_from_1{1}, w.text()}) == 40007);
    BOOST_TEST(w.code_of_post<update>(R"({"media_id":")" + id + R"(","index":1,"articles":[]})") == 47001);
}

BOOST_AUTO_TEST_CASE(a_deleted_article_is_found_by_no_call) {
    desk w;
    const auto first = w.add(w.text());
    const auto second = w.add(w.text());
    BOOST_TEST(w.code_of(delete_{first, index_from_1{2}}) == 40060);
    BOOST_TEST(w.code_of(delete_{first, index_from_1{1}}) == 0);
    BOOST_TEST(w.code_of(delete_{second, index_from_1{0}}) == 0);
    BOOST_TEST(w.code_of(delete_{first, index_from_1{1}}) == 40007);
    BOOST_TEST(w.code_of(query{first}) == 40007);
    BOOST_TEST(w.code_of(submit{second}) == 40007);
    BOOST_TEST(w.code_of(update{second, index_from_1{1}, w.text()}) == 40007);
    BOOST_TEST(w.owner.library.find_article(first)->deleted);
}

BOOST_AUTO_TEST_CASE(so_many_articles_a_day_even_if_deleted) {
    desk w;
    for (int i = 0; i != 200; ++i) {
        const auto id = w.add(w.text());
        w.ask(submit{id}).value();
        w.ask(delete_{id, index_from_1{0}}).value();
    }
    const auto one_more = w.add(w.text());
    const auto refused = w.ask(submit{one_more});
    BOOST_TEST(refused.error().api_code() == 45028);
    BOOST_TEST((refused.error() == condition::quota_exhausted));
    w.pass(12h);
    w.sign_in();
    BOOST_TEST(w.code_of(submit{one_more}) == 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
