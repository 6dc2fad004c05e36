// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(testing_platform_comments)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace std::chrono_literals;
using comment::comment_filter;
using comment::markelect;
using comment::reply_add;
using comment::reply_delete;
using comment::unmarkelect;

constexpr std::uint64_t message = 2'650'177'668;

// A world with a message of two articles that was mass-sent.
struct forum : world {
    explicit forum(platform_rules rules = {}) : world(std::move(rules)) {
        owner.comments.add_message(message, std::vector<commented_article>(2));
    }

    std::uint64_t write(std::string content, article_position at = {message}) {
        return owner.comments.write(at, "o-reader", std::move(content), now).value();
    }
    comment::list::response list(comment_filter type = {}, std::uint32_t begin = 0, std::uint32_t count = 50,
                                 std::optional<index_from_0> index = {}) {
        return ask(comment::list{message, index, begin, count, type}).value();
    }
    const stored_comment& kept(std::uint64_t id) {
        return owner.comments.find({message})->comments.at(static_cast<std::size_t>(id - 1));
    }
};

BOOST_AUTO_TEST_CASE(comments_are_listed_the_newest_first) {
    forum w;
    w.write("first");
    w.pass(2s);
    const auto second = w.owner.comments.write({message}, std::nullopt, "字", w.now).value();
    const auto page = w.list();
    BOOST_TEST(page.total == 2u);
    BOOST_TEST_REQUIRE(page.comment.size() == 2u);
    BOOST_TEST(page.comment[0].user_comment_id == second);
    BOOST_TEST(page.comment[0].content == "字");
    BOOST_TEST(page.comment[0].create_time.value().time_since_epoch().count() == 1'767'240'002);
    BOOST_TEST(!page.comment[0].openid);
    BOOST_TEST(!page.comment[0].comment_type.value);
    BOOST_TEST(!page.comment[0].reply);
    BOOST_TEST(page.comment[1].openid.value() == "o-reader");
}

BOOST_AUTO_TEST_CASE(articles_are_counted_from_0_and_apart) {
    forum w;
    w.write("on the first");
    w.write("on the second", {message, 1});
    BOOST_TEST(w.list().comment.front().content == "on the first");
    BOOST_TEST(w.list({}, 0, 50, index_from_0{0}).comment.front().content == "on the first");
    BOOST_TEST(w.list({}, 0, 50, index_from_0{1}).comment.front().content == "on the second");
    BOOST_TEST(w.list({}, 0, 50, index_from_0{1}).total == 1u);
}

BOOST_AUTO_TEST_CASE(a_list_has_pages) {
    forum w;
    for (int i = 1; i != 61; ++i) w.write(std::to_string(i));
    BOOST_TEST(w.list().comment.size() == 50u);
    BOOST_TEST(w.list().total == 60u);
    BOOST_TEST(w.list({}, 50).comment.size() == 10u);
    BOOST_TEST(w.list({}, 59, 1).comment.front().content == "1");
    BOOST_TEST(w.list({}, 60).comment.empty());
    const auto code = [&](const char* count, const char* type = "0") {
        return w.code_of_post<comment::list>(R"({"msg_data_id":2650177668,"begin":0,"count":)" +
                                             std::string(count) + R"(,"type":)" + type + '}');
    };
    BOOST_TEST(code("50") == 0);
    BOOST_TEST(code("51") == 88010);
    BOOST_TEST(code("0") == 88010);
    BOOST_TEST(code("-1") == 88010);
    BOOST_TEST(code("1", "3") == 40035);
    BOOST_TEST(code("1", "\"x\"") == 40035);
    w.p.rules().limits.comment_page_items = 49;
    BOOST_TEST(code("50") == 88010);
}

BOOST_AUTO_TEST_CASE(comments_can_be_featured) {
    forum w;
    const auto a = w.write("a"), b = w.write("b");
    w.ask(markelect{message, {}, a}).value();
    w.ask(markelect{message, {}, a}).value();
    BOOST_TEST(w.list(comment_filter::elected).total == 1u);
    BOOST_TEST(w.list(comment_filter::elected).comment.front().user_comment_id == a);
    BOOST_TEST(w.list(comment_filter::elected).comment.front().comment_type.value);
    BOOST_TEST(w.list(comment_filter::plain).comment.front().user_comment_id == b);
    BOOST_TEST(w.list(comment_filter::all).total == 2u);
    w.ask(unmarkelect{message, {}, a}).value();
    BOOST_TEST(w.list(comment_filter::elected).total == 0u);
    BOOST_TEST(w.code_of(unmarkelect{message, {}, a}) == 0);
    BOOST_TEST(w.code_of(markelect{message, {}, 3}) == 88008);
    BOOST_TEST(w.code_of(unmarkelect{message, {}, 0}) == 88008);
}

BOOST_AUTO_TEST_CASE(so_many_are_featured) {
    platform_rules rules;
    rules.elected_comments = 2;
    forum w(rules);
    for (int i = 0; i != 4; ++i) w.write("x");
    BOOST_TEST(w.code_of(markelect{message, {}, 1}) == 0);
    BOOST_TEST(w.code_of(markelect{message, {}, 2}) == 0);
    BOOST_TEST(w.code_of(markelect{message, {}, 3}) == 88003);
    BOOST_TEST(w.code_of(markelect{message, {}, 2}) == 0);
    w.ask(comment::delete_{message, {}, 1}).value();
    BOOST_TEST(w.code_of(markelect{message, {}, 3}) == 0);
    BOOST_TEST(w.code_of(markelect{message, {}, 4}) == 88003);
    w.write("x", {message, 1});
    BOOST_TEST(w.code_of(markelect{message, index_from_0{1}, 1}) == 0);
}

BOOST_AUTO_TEST_CASE(a_deleted_comment_is_gone) {
    forum w;
    const auto id = w.write("x");
    BOOST_TEST(w.code_of(comment::delete_{message, {}, id}) == 0);
    BOOST_TEST(w.list().total == 0u);
    BOOST_TEST(w.kept(id).deleted);
    BOOST_TEST(w.code_of(comment::delete_{message, {}, id}) == 88008);
    BOOST_TEST(w.code_of(markelect{message, {}, id}) == 88008);
    BOOST_TEST(w.code_of(reply_add{message, {}, id, "x"}) == 88008);
}

BOOST_AUTO_TEST_CASE(what_its_author_deleted_cannot_be_featured) {
    forum w;
    const auto id = w.write("x");
    BOOST_TEST(w.owner.comments.take_back({message}, id));
    BOOST_TEST(!w.owner.comments.take_back({message}, id + 1));
    BOOST_TEST(!w.owner.comments.take_back({message + 1}, id));
    BOOST_TEST(w.list().total == 0u);
    BOOST_TEST(w.code_of(markelect{message, {}, id}) == 88004);
    BOOST_TEST(w.code_of(unmarkelect{message, {}, id}) == 88008);
    BOOST_TEST(w.code_of(reply_add{message, {}, id, "x"}) == 88008);
}

BOOST_AUTO_TEST_CASE(a_comment_takes_one_reply) {
    forum w;
    const auto id = w.write("x");
    w.pass(3s);
    w.ask(reply_add{message, {}, id, "谢谢"}).value();
    const auto listed = w.list().comment.front();
    BOOST_TEST(listed.reply.value().content == "谢谢");
    BOOST_TEST(listed.reply->create_time.value().time_since_epoch().count() == 1'767'240'003);
    BOOST_TEST(w.code_of(reply_add{message, {}, id, "again"}) == 88005);
    BOOST_TEST(w.code_of(reply_delete{message, {}, id}) == 0);
    BOOST_TEST(w.code_of(reply_delete{message, {}, id}) == 87009);
    BOOST_TEST(!w.list().comment.front().reply);
    BOOST_TEST(w.code_of(reply_add{message, {}, id, "again"}) == 0);
    BOOST_TEST(w.code_of(reply_delete{message, {}, id + 1}) == 88008);
}

BOOST_AUTO_TEST_CASE(a_reply_has_a_length) {
    platform_rules rules;
    rules.reply_characters = 3;
    forum w(rules);
    const auto id = w.write("x");
    BOOST_TEST(w.code_of(reply_add{message, {}, id, "四个字了"}) == 88007);
    BOOST_TEST(w.code_of_post<reply_add>(R"({"msg_data_id":2650177668,"user_comment_id":1,"content":""})") ==
               88007);
    BOOST_TEST(w.code_of(reply_add{message, {}, id, "三个字"}) == 0);
}

BOOST_AUTO_TEST_CASE(readers_comment_while_it_is_open) {
    forum w;
    auto& comments = w.owner.comments;
    w.ask(comment::close{message, {}}).value();
    BOOST_TEST(!comments.write({message}, "o1", "x", w.now));
    BOOST_TEST(comments.write({message, 1}, "o1", "x", w.now).has_value());
    BOOST_TEST(w.list().total == 0u);
    w.ask(comment::open{message, {}}).value();
    BOOST_TEST(comments.write({message}, "o1", "x", w.now).has_value());
    comments.find({message})->fans_only = true;
    BOOST_TEST(!comments.write({message}, "o1", "x", w.now));
    comments.follow("o1");
    BOOST_TEST(comments.write({message}, "o1", "x", w.now).has_value());
    BOOST_TEST(!comments.write({message}, std::nullopt, "x", w.now));
    comments.follow("o1", false);
    BOOST_TEST(!comments.write({message}, "o1", "x", w.now));
    BOOST_TEST(!comments.write({message, 2}, "o1", "x", w.now));
}

BOOST_AUTO_TEST_CASE(readers_reach_an_article_only_while_it_is_public) {
    forum w;
    auto& comments = w.owner.comments;
    commented_article soon;
    soon.comments.emplace_back().user_comment_id = 1;
    comments.add_message(7, {soon}, w.now + 5s);
    w.pass(5s - 1ms);
    BOOST_TEST(!comments.write({7}, "o1", "x", w.now));
    BOOST_TEST(!comments.take_back({7}, 1, w.now));
    w.pass(1ms);
    const auto id = comments.write({7}, "o1", "x", w.now);
    BOOST_TEST(id.value() == 2u);
    BOOST_TEST(comments.take_back({7}, 1, w.now));
    comments.find({7})->gone = true;
    BOOST_TEST(!comments.write({7}, "o1", "x", w.now));
    BOOST_TEST(!comments.take_back({7}, *id, w.now));
}

BOOST_AUTO_TEST_CASE(a_comment_is_taken_back_once) {
    forum w;
    const auto a = w.write("a"), b = w.write("b");
    BOOST_TEST(w.owner.comments.take_back({message}, a, w.now));
    BOOST_TEST(!w.owner.comments.take_back({message}, a, w.now));
    w.ask(comment::delete_{message, {}, b}).value();
    BOOST_TEST(!w.owner.comments.take_back({message}, b, w.now));
}

BOOST_AUTO_TEST_CASE(a_restricted_article_can_be_neither_opened_nor_closed) {
    forum w;
    w.write("x");
    w.owner.comments.find({message})->restricted = true;
    BOOST_TEST(w.code_of(comment::open{message, {}}) == 88002);
    BOOST_TEST(w.code_of(comment::close{message, {}}) == 88002);
    BOOST_TEST(w.code_of(comment::open{message, index_from_0{1}}) == 0);
    BOOST_TEST(w.list().total == 1u);
}

// The codes of all eight calls on this article and its comment 1.
std::vector<int> codes(world& w, std::uint64_t msg, std::uint32_t index) {
    const std::optional<index_from_0> i{{index}};
    return {w.code_of(comment::open{msg, i}),       w.code_of(comment::close{msg, i}),
            w.code_of(comment::list{msg, i, 0, 1}), w.code_of(markelect{msg, i, 1}),
            w.code_of(unmarkelect{msg, i, 1}),      w.code_of(reply_add{msg, i, 1, "x"}),
            w.code_of(reply_delete{msg, i, 1}),     w.code_of(comment::delete_{msg, i, 1})};
}

BOOST_AUTO_TEST_CASE(all_calls_need_the_article_and_the_right) {
    forum w;
    w.write("x");
    const std::vector<int> none(8, 0), unknown(8, 88001), denied(8, 88000);
    BOOST_TEST(codes(w, message, 2) == unknown);
    BOOST_TEST(codes(w, message + 1, 0) == unknown);
    w.owner.comments.allow(false);
    BOOST_TEST(codes(w, message, 0) == denied);
    w.owner.comments.allow(true);
    BOOST_TEST(codes(w, message, 0) == none);
    BOOST_TEST((w.ask(comment::open{7, {}}).error() == condition::not_found));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
