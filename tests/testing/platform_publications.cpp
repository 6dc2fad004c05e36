// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(testing_platform_publications)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace wxmp::freepublish;
using namespace std::chrono_literals;

// A world with a cover, drafts made of it, and what came of them.
struct press : world {
    explicit press(platform_rules rules = {}) : world(std::move(rules)), cover(add_cover()) {}

    article text(std::string title = "title") const {
        article a{std::move(title), cover};
        a.content = "<p>text</p>";
        return a;
    }
    std::string make(std::vector<article> articles) {
        return ask(draft::add{std::move(articles)}).value().media_id;
    }
    submit::response publish(const std::vector<article>& articles) {
        auto made = ask(submit{make(articles)}).value();
        pass(30s);
        return made;
    }
    freepublish::get::response state(const opaque_id& publish_id) {
        return ask(freepublish::get{publish_id}).value();
    }
    int code_of_comments(std::uint64_t msg, std::uint32_t index = 0) {
        return code_of(comment::list{msg, index_from_0{index}, 0, 1});
    }

    std::string cover;
};

BOOST_AUTO_TEST_CASE(a_draft_is_published_after_a_while) {
    press w;
    const auto id = w.make({w.text("one"), w.text("two")});
    const auto made = w.ask(submit{id}).value();
    w.pass(30s - 1ms);
    auto state = w.state(made.publish_id);
    BOOST_TEST((state.publish_id == made.publish_id));
    BOOST_TEST((state.publish_status == publication_status::in_progress));
    BOOST_TEST(!state.article_id);
    BOOST_TEST(!state.article_detail);
    BOOST_TEST(w.owner.publications.all().front().is_public(w.now) == false);
    w.pass(1ms);
    state = w.state(made.publish_id);
    BOOST_TEST((state.publish_status == publication_status::published));
    BOOST_TEST(!state.fail_idx);
    const auto& detail = state.article_detail.value();
    BOOST_TEST(detail.count.value() == 2u);
    BOOST_TEST_REQUIRE(detail.item.size() == 2u);
    BOOST_TEST(detail.item[1].idx.value().value == 2u);
    const auto page = w.p.published(detail.item[1].article_url);
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST(page->text->title == "two");
    BOOST_TEST(page->cover->bytes == "cover");
    const auto news = w.ask(getarticle{*state.article_id}).value();
    BOOST_TEST(news.news_item[0].title == "one");
    BOOST_TEST(news.news_item[0].url.value() == detail.item[0].article_url);
    BOOST_TEST(!news.news_item[0].is_deleted.value());
    BOOST_TEST(w.code_of(freepublish::get{"x"}) == 53502);
    BOOST_TEST(w.code_of(getarticle{"x"}) == 53600);
}

BOOST_AUTO_TEST_CASE(a_published_draft_leaves_the_drafts) {
    press w;
    const auto id = w.make({w.text()});
    w.make({w.text()});
    w.ask(submit{id}).value();
    for (int i = 0; i != 2; ++i) {
        BOOST_TEST(w.ask(draft::count{}).value().total_count == 1u);
        BOOST_TEST(w.ask(draft::batchget{0, 20}).value().total_count == 1u);
        BOOST_TEST(w.code_of(draft::get{id}) == 40007);
        BOOST_TEST(w.code_of(draft::delete_{id}) == 40007);
        BOOST_TEST(w.code_of(draft::update{id, index_from_0{0}, w.text()}) == 40007);
        BOOST_TEST(w.code_of(submit{id}) == 40007);
        w.pass(30s);
    }
}

BOOST_AUTO_TEST_CASE(marks_in_titles_make_it_fail) {
    press w;
    const auto outcome = [&](const char* mark) {
        const auto id = w.make({w.text("fine"), w.text(mark)});
        const auto made = w.ask(submit{id}).value();
        BOOST_TEST(w.code_of(draft::get{id}) == 40007);
        w.pass(30s);
        const auto state = w.state(made.publish_id);
        BOOST_TEST(!state.article_id);
        BOOST_TEST(!state.article_detail);
        BOOST_TEST_REQUIRE(state.fail_idx.value().size() == 1u);
        BOOST_TEST(state.fail_idx->front().value == 2u);
        BOOST_TEST(w.code_of(draft::get{id}) == 0);  // it is back
        BOOST_TEST(w.code_of_comments(made.msg_data_id.value()) == 88001);
        return state.publish_status;
    };
    BOOST_TEST((outcome("[not original]") == publication_status::not_original));
    BOOST_TEST((outcome("it [fails]") == publication_status::failed));
    BOOST_TEST((outcome("[refuse]") == publication_status::refused));
    BOOST_TEST(w.ask(freepublish::batchget{0, 20}).value().total_count == 0u);
    BOOST_TEST(w.ask(draft::count{}).value().total_count == 3u);
}

BOOST_AUTO_TEST_CASE(its_articles_can_be_commented_on) {
    press w;
    auto open = w.text("open");
    open.need_open_comment = true;
    open.only_fans_can_comment = true;
    const auto made = w.ask(submit{w.make({open, w.text("closed")})}).value();
    const auto msg = made.msg_data_id.value();
    auto& comments = w.owner.comments;
    BOOST_TEST(w.code_of_comments(msg) == 88001);
    comments.follow("o1");
    BOOST_TEST(!comments.write({msg}, "o1", "x", w.now));
    comments.follow("o1", false);
    w.pass(30s);
    BOOST_TEST(w.code_of_comments(msg) == 0);
    BOOST_TEST(w.code_of_comments(msg, 1) == 0);
    BOOST_TEST(w.code_of_comments(msg, 2) == 88001);
    BOOST_TEST(!comments.write({msg}, "o1", "x", w.now));
    comments.follow("o1");
    BOOST_TEST(comments.write({msg}, "o1", "x", w.now).has_value());
    BOOST_TEST(!comments.write({msg, 1}, "o1", "x", w.now));
    w.ask(comment::open{msg, index_from_0{1}}).value();
    BOOST_TEST(comments.write({msg, 1}, "o1", "x", w.now).has_value());
}

BOOST_AUTO_TEST_CASE(one_article_can_be_taken_back) {
    press w;
    const auto made = w.publish({w.text("one"), w.text("two"), w.text("three")});
    const auto before = w.state(made.publish_id);
    const auto id = before.article_id.value();
    w.ask(delete_{id, index_from_1{2}}).value();
    const auto state = w.state(made.publish_id);
    BOOST_TEST((state.publish_status == publication_status::published));
    BOOST_TEST(state.article_detail.value().count.value() == 2u);
    BOOST_TEST(state.article_detail->item[1].idx.value().value == 3u);
    const auto news = w.ask(getarticle{id}).value();
    BOOST_TEST(news.news_item[1].is_deleted.value());
    BOOST_TEST(!news.news_item[2].is_deleted.value());
    BOOST_TEST(!w.p.published(before.article_detail->item[1].article_url));
    BOOST_TEST(w.p.published(before.article_detail->item[2].article_url).has_value());
    BOOST_TEST(w.code_of_comments(*made.msg_data_id, 1) == 88001);
    BOOST_TEST(w.code_of_comments(*made.msg_data_id, 2) == 0);
    BOOST_TEST(w.code_of(delete_{id, index_from_1{2}}) == 53600);
    BOOST_TEST(w.code_of(delete_{id, index_from_1{4}}) == 40060);
    BOOST_TEST(w.code_of(delete_{"x", {}}) == 53600);
    w.ask(delete_{id, index_from_1{1}}).value();
    w.ask(delete_{id, index_from_1{3}}).value();
    BOOST_TEST((w.state(made.publish_id).publish_status == publication_status::deleted_by_owner));
}

BOOST_AUTO_TEST_CASE(zero_or_nothing_takes_all_back) {
    press w;
    for (const auto index : {std::optional<index_from_1>(), std::optional(index_from_1{0})}) {
        const auto made = w.publish({w.text(), w.text()});
        const auto id = w.state(made.publish_id).article_id.value();
        w.ask(delete_{id, index}).value();
        const auto state = w.state(made.publish_id);
        BOOST_TEST((state.publish_status == publication_status::deleted_by_owner));
        BOOST_TEST(!state.article_detail);
        BOOST_TEST(w.ask(getarticle{id}).value().news_item[1].is_deleted.value());
        BOOST_TEST(w.code_of(delete_{id, index}) == 53600);
        BOOST_TEST(w.code_of_comments(*made.msg_data_id) == 88001);
    }
    BOOST_TEST(w.ask(freepublish::batchget{0, 20}).value().total_count == 0u);
}

BOOST_AUTO_TEST_CASE(the_platform_can_take_it_down) {
    press w;
    const auto made = w.publish({w.text()});
    const auto id = w.state(made.publish_id).article_id.value().text;
    BOOST_TEST(w.owner.publications.take_down(id, w.owner.comments, w.now));
    BOOST_TEST(!w.owner.publications.take_down(id, w.owner.comments, w.now));
    BOOST_TEST((w.state(made.publish_id).publish_status == publication_status::removed_by_platform));
}

BOOST_AUTO_TEST_CASE(publications_are_listed_the_newest_first) {
    press w;
    for (int i = 1; i != 23; ++i) w.publish({w.text(std::to_string(i))});
    w.ask(submit{w.make({w.text("not yet")})}).value();
    const auto first = w.ask(freepublish::batchget{0, 20}).value();
    BOOST_TEST(first.total_count == 22u);
    BOOST_TEST(first.item_count.value() == 20u);
    BOOST_TEST(first.item[0].content.value().news_item[0].title == "22");
    BOOST_TEST(first.item[0].content->news_item[0].content.value() == "<p>text</p>");
    BOOST_TEST(first.item[0].update_time.value().time_since_epoch().count() ==
               to_seconds(w.now).time_since_epoch().count());
    const auto rest = w.ask(freepublish::batchget{20, 20, true}).value();
    BOOST_TEST(rest.item_count.value() == 2u);
    BOOST_TEST(rest.item[1].content.value().news_item[0].title == "1");
    BOOST_TEST(!rest.item[1].content->news_item[0].content);
    BOOST_TEST(w.code_of_post<freepublish::batchget>(R"({"offset":0,"count":21})") == 45076);
}

BOOST_AUTO_TEST_CASE(an_article_of_pictures_has_a_page) {
    press w;
    article a{"pictures"};
    a.article_type.emplace(article_type::newspic);
    a.image_info = article_images{.image_list = {{{w.cover}}}};
    const auto made = w.publish({a});
    const auto page = w.p.published(w.state(made.publish_id).article_detail.value().item[0].article_url);
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST(page->cover == nullptr);
    BOOST_TEST(page->pictures.at(0)->bytes == "cover");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
