// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// Every return code and every telling errmsg that the documents of these calls name, produced by the simulator and
// read back as an error of the library.
#include <wxmp/api/material/get_materialcount.hpp>

#include <boost/test/unit_test.hpp>

#include "platform_world.hpp"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(testing_documented_codes)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace std::chrono_literals;

constexpr std::uint64_t message = 2'650'177'668;

// A world with a cover, and a message that has one comment.
struct newsroom : world {
    newsroom() : cover(add_cover()) {
        owner.comments.add_message(message, {{}});
        id = owner.comments.write({message}, "o1", "words", now).value();
    }

    // The error of a call that no limit on this side holds back.
    template <operation Op> error fail(const Op& op) {
        auto o = without_limits();
        if constexpr (requires { op.articles.size(); }) o.limits.articles_in_uploadnews = op.articles.size();
        return ask(op, o).error();
    }
    template <operation Op> error fail_post(std::string body) {
        return complete<Op>(post(call_name(Op::at), std::move(body))).error();
    }

    article text(std::string title = "title", std::string content = "<p>text</p>") const {
        article a{std::move(title), cover};
        a.content = std::move(content);
        return a;
    }

    std::string cover;
    std::uint64_t id{};  // of the comment
};

using produce = error (*)(newsroom&);

// A code, its name, what it answers with yes, and how to come by it.
struct documented {
    int code;
    std::string_view errmsg;
    std::optional<condition> is;
    produce make;
};

// The documents of comments.
const documented comment_codes[] = {
    {45106,
     "This API has been unsupported",
     {},
     [](newsroom& w) {
         w.p.rules().news_is_retired = true;
         return w.fail(material::add_news{{w.text()}});
     }},
    {45009, "reach max api daily quota limit", condition::quota_exhausted,
     [](newsroom& w) {
         w.p.rules().calls_a_day_of["/cgi-bin/comment/open"] = 0;
         return w.fail(comment::open{message, {}});
     }},
    {88000, "open comment without comment privilege", condition::permission_denied,
     [](newsroom& w) {
         w.owner.comments.allow(false);
         return w.fail(comment::open{message, {}});
     }},
    {88000, "open comment without comment privilege", condition::permission_denied,
     [](newsroom& w) {
         w.owner.comments.allow(false);
         auto a = w.text();
         a.need_open_comment = true;
         return w.fail(material::add_news{{a}});
     }},
    {88001, "msg_data is not exists", condition::not_found,
     [](newsroom& w) {
         return w.fail(comment::close{message, index_from_0{1}});
     }},
    {88002,
     "the article is limit for safety",
     {},
     [](newsroom& w) {
         w.owner.comments.find({message})->restricted = true;
         return w.fail(comment::open{message, {}});
     }},
    {88003,
     "elected comment upper limit",
     {},
     [](newsroom& w) {
         w.p.rules().elected_comments = 0;
         return w.fail(comment::markelect{message, {}, w.id});
     }},
    {88004,
     "comment was deleted by user",
     {},
     [](newsroom& w) {
         w.owner.comments.take_back({message}, w.id);
         return w.fail(comment::markelect{message, {}, w.id});
     }},
    {88005,
     "already reply",
     {},
     [](newsroom& w) {
         w.ask(comment::reply_add{message, {}, w.id, "thanks"}).value();
         return w.fail(comment::reply_add{message, {}, w.id, "thanks"});
     }},
    {88007,
     "reply content beyond max len or content len is zero",
     {},
     [](newsroom& w) {
         return w.fail(comment::reply_add{message, {}, w.id, std::string(5'000, 'x')});
     }},
    {88008, "comment is not exists", condition::not_found,
     [](newsroom& w) {
         return w.fail(comment::unmarkelect{message, {}, w.id + 1});
     }},
    {87009, "reply is not exists", condition::not_found,
     [](newsroom& w) {
         return w.fail(comment::reply_delete{message, {}, w.id});
     }},
    {88010,
     "count range error. cout <= 0 or count > 50",
     {},
     [](newsroom& w) {
         return w.fail_post<comment::list>(R"({"msg_data_id":2650177668,"begin":0,"count":51,"type":0})");
     }},
};

// The documents of materials.
const documented material_codes[] = {
    {40004,
     "invalid media type",
     {},
     [](newsroom& w) {
         const auto form =
             form_data().add_file("media", {"a.jpg", {"x"}}).encode(without_limits().random).value();
         return complete<media::upload>(
                    w.post("/cgi-bin/media/upload?type=picture", form.body.text(), form.content_type))
             .error();
     }},
    {40007, "invalid media_id", condition::not_found, [](newsroom& w) { return w.fail(media::get{"x"}); }},
    {40007, "invalid media_id", condition::not_found,
     [](newsroom& w) {
         const auto id = w.ask(media::upload{media_type::voice, {"v.amr", {"x"}}}).value().id();
         w.pass(72h);
         w.sign_in();
         return w.fail(media::get{id});
     }},
    {40007, "invalid media_id", condition::not_found,
     [](newsroom& w) { return w.fail(material::get_material{"x"}); }},
    {-1, "system error", condition::retryable,  // no request brings it about
     [](newsroom& w) {
         w.p.inject({.call = "/cgi-bin/material/get_materialcount", .what = fault::error_code{-1}});
         return w.fail(material::get_materialcount{});
     }},
    {47001,
     "data format error",
     {},  // what became of the documented list of articles
     [](newsroom& w) {
         return w.fail_post<material::update_news>(
             R"({"media_id":"x","index":0,"articles":[{"title":"t"}]})");
     }},
    {45034, "media file count is out of limit",
     condition::quota_exhausted,  // "there is a limit", without a code
     [](newsroom& w) {
         w.p.rules().stored_images = 1;
         return w.fail(material::add_material{media_type::image, {"a.jpg", {"x"}}});
     }},
};

// The documents of the publications of drafts.
const documented publication_codes[] = {
    {48001, "api unauthorized", condition::permission_denied,
     [](newsroom& w) {
         w.owner.forbidden = {"/cgi-bin/freepublish/batchget"};
         return w.fail(freepublish::batchget{0, 10});
     }},
};

std::string submitted(newsroom& w) {
    const auto id = w.ask(publish::uploadnews{{w.text()}}).value().media_id;
    w.ask(publish::submit{id}).value();
    return id;
}

// The documents of the Media API. Of most faults they give the words only.
const documented media_api_codes[] = {
    {42001, "access_token expired", condition::token_rejected,
     [](newsroom& w) {
         w.pass(2h);
         return w.fail(publish::query{"x"});
     }},
    {40001, "invalid credential, access_token is invalid or not latest", condition::token_rejected,
     [](newsroom& w) {
         const auto former = w.token;
         w.sign_in();
         w.token = former;
         w.pass(5min);
         return w.fail(publish::query{"x"});
     }},
    {45003,
     "title size out of limit",
     {},
     [](newsroom& w) { return w.fail(publish::uploadnews{{w.text(std::string(65, 'x'))}}); }},
    {45004,
     "description size out of limit",
     {},
     [](newsroom& w) {
         auto a = w.text();
         a.digest = std::string(121, 'x');
         return w.fail(publish::uploadnews{{a}});
     }},
    {44001,
     "empty media data",
     {},
     [](newsroom& w) {
         return w.fail_post<publish::uploadnews>("{\"articles\":[{\"title\":\"\xb1\xea\"}]}");
     }},
    {45028, "has no masssend quota", condition::quota_exhausted,  // "200 articles a day", without a code
     [](newsroom& w) {
         w.p.rules().articles_a_day = 0;
         return w.fail(publish::submit{w.ask(publish::uploadnews{{w.text()}}).value().media_id});
     }},
};

// Those that only the words of errmsg tell apart: not by a return code of their own.
struct told_by_words {
    std::string_view errmsg;
    produce make;
};
const told_by_words words[] = {
    {"abnormal status", [](newsroom& w) { return w.fail(publish::submit{submitted(w)}); }},
    {"invalid status",
     [](newsroom& w) {
         return w.fail(publish::update{submitted(w), index_from_1{1}, w.text()});
     }},
};

template <class Table> void check(const Table& table) {
    for (const documented& d : table) {
        newsroom w;
        const auto why = d.make(w);
        BOOST_TEST_CONTEXT(d.code << ' ' << d.errmsg) {
            BOOST_TEST(why.api_code() == d.code);
            BOOST_TEST((why.code() == make_api_code(d.code)));
            BOOST_TEST(why.detail().starts_with(d.errmsg), why.detail());
            BOOST_TEST(!why.rid().empty());
            BOOST_TEST(why.http_status() == 200);
            if (d.is) BOOST_TEST((why == *d.is));
            BOOST_TEST((why == condition::token_rejected) == (d.is == condition::token_rejected));
            BOOST_TEST((why == condition::retryable) == (d.is == condition::retryable));
            BOOST_TEST((why == condition::not_found) == (d.is == condition::not_found));
        }
    }
}

BOOST_AUTO_TEST_CASE(of_comments) { check(comment_codes); }
BOOST_AUTO_TEST_CASE(of_materials) { check(material_codes); }
BOOST_AUTO_TEST_CASE(of_publications) { check(publication_codes); }
BOOST_AUTO_TEST_CASE(of_the_media_api) { check(media_api_codes); }

BOOST_AUTO_TEST_CASE(told_by_words_alone) {
    for (const auto& t : words) {
        newsroom w;
        const auto why = t.make(w);
        BOOST_TEST((why == errc::already_submitted));
        BOOST_TEST(why.detail().starts_with(t.errmsg));
    }
}

BOOST_AUTO_TEST_CASE(a_missing_reply_has_two_codes) {
    newsroom w;
    w.p.inject({.call = "/cgi-bin/comment/reply/delete", .what = fault::error_code{88009}});
    const auto other = w.fail(comment::reply_delete{message, {}, w.id});
    BOOST_TEST(other.api_code() == 88009);
    BOOST_TEST((other == condition::not_found));
    BOOST_TEST((w.fail(comment::reply_delete{message, {}, w.id}) == condition::not_found));
}

BOOST_AUTO_TEST_CASE(success_is_0) {
    newsroom w;
    BOOST_TEST(w.post("/cgi-bin/comment/open", R"({"msg_data_id":2650177668})").body ==
               R"({"errcode":0,"errmsg":"ok"})");
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
