// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_TESTING_EVERY_CALL_HPP
#define WXMP_TESTS_TESTING_EVERY_CALL_HPP

#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace wxmp_test {

using namespace wxmp;
using namespace wxmp::testing;
using names = std::set<std::string>;

inline const std::string app_secret = "app-secret+of/wx1";

// An office that makes calls and notes which of them were answered.
struct office {
    template <operation Op> typename Op::response make(const Op& op) {
        refuse(op);
        auto answer = c(op);
        BOOST_REQUIRE_MESSAGE(answer, call_name(Op::at) << ": " << answer.error().message());
        BOOST_TEST(p.calls<Op>() == 2 * ++made[call_name(Op::at)]);
        return *std::move(answer);
    }

    // An error that repeats the request tells none of its secrets.
    template <operation Op> void refuse(const Op& op) {
        p.inject({.what = fault::error_code{45009}});
        const auto e = c(op).error();
        const auto said = e.detail() + e.rid() + e.message();
        BOOST_TEST_CONTEXT(call_name(Op::at)) {
            BOOST_TEST(e.api_code() == 45009);
            BOOST_TEST(said.find(" request: " + std::string(Op::at.path)) != said.npos);
            BOOST_TEST(said.find(app_secret) == said.npos);
            if (!token.empty()) BOOST_TEST(said.find(token) == said.npos);
            BOOST_TEST((said.find("***") != said.npos) == has_secrets<Op>);
        }
    }

    article text() const {
        article a{"title", cover};
        a.content = "<p>text</p>";
        a.need_open_comment = true;
        return a;
    }

    names answered() const {
        names all;
        for (const auto& [name, times] : made) all.insert(name);
        return all;
    }

    void pass(std::chrono::milliseconds time) { c.next_layer().clock().advance(time); }

    // clear_quota_v2 sends the app secret in place of a token.
    template <class Op>
    static constexpr bool has_secrets = Op::at.needs_token || std::same_as<Op, openapi::clear_quota_v2> ||
                                        std::same_as<Op, auth::token> || std::same_as<Op, auth::stable_token>;

    // The simulator, with somebody who looks at each request before it arrives.
    struct watched_transport : platform_transport {
        office* of;
        explicit watched_transport(office& o) : platform_transport(o.p), of(&o) {}
        result<http::response> send(const http::request& r) {
            if (of->watch) of->watch(of->p, r, now().wall);
            return platform_transport::send(r);
        }
    };

    platform p{{.errors_repeat_request = true}};
    account& owner{p.add_account("wx1", secret(app_secret))};
    client<watched_transport> c{watched_transport(*this)};
    std::function<void(const platform&, const http::request&, wall_time)> watch{};
    std::map<std::string, std::uint64_t> made{};
    std::string cover{};
    std::string token{};
};

inline void get_tokens(office& o) {
    o.make(auth::token{{}, "wx1", secret(app_secret)});
    o.token = o.make(auth::stable_token{{}, "wx1", secret(app_secret)}).access_token.take();
    o.c.access_token(secret(o.token));
}

inline void keep_media(office& o) {
    o.cover = o.make(material::add_material{media_type::image, {"cover.jpg", {"cover"}}}).media_id;
    o.make(media::uploadimg{{"p.png", {"picture"}}});
    const auto voice = o.make(media::upload{media_type::voice, {"v.amr", {"voice"}}}).id();
    BOOST_TEST(o.make(media::get{voice}).file.value().bytes == "voice");
    o.make(media::get_jssdk{voice});
}

inline void keep_news(office& o) {
    using namespace material;
    const auto id = o.make(add_news{{o.text()}}).media_id;
    o.make(update_news{id, index_from_0{0}, o.text()});
    BOOST_TEST(o.make(get_material{id}).news.has_value());
    BOOST_TEST(o.make(batchget_material{material_kind::news, 0, 20}).item.size() == 1u);
    BOOST_TEST(o.make(get_materialcount{}).news_count == 1u);
    o.make(del_material{id});
}

inline void upload_a_video(office& o) {
    using namespace upload_video;
    const std::string bytes = "video";
    const auto vid = o.make(init_upload{"v.mp4", sha1_of(bytes), bytes.size()}).vid;
    o.make(upload_block{vid, sha1_of(bytes), index_from_1{1}, http::body::borrow(bytes)});
    o.make(upload_finish{vid});
    o.make(query_status{o.make(save_video{"title", "words", vid, false}).media_id});
}

inline void publish_by_the_library(office& o) {
    using namespace publish;
    const auto id = o.make(uploadnews{{o.text()}}).media_id;
    o.make(update{id, index_from_1{1}, o.text()});
    o.make(submit{id});
    o.make(query{id});
    o.make(publish::delete_{id, index_from_1{0}});
}

inline std::string make_draft(office& o) {
    using namespace draft;
    o.make(switch_{});
    const auto id = o.make(draft::add{{o.text()}}).media_id;
    o.make(draft::get{id});
    o.make(draft::update{id, index_from_0{0}, o.text()});
    BOOST_TEST(o.make(draft::batchget{0, 20}).item.size() == 1u);
    o.make(draft::delete_{o.make(draft::add{{o.text()}}).media_id});
    BOOST_TEST(o.make(draft::count{}).total_count == 1u);
    return id;
}

inline void comment_on(office& o, std::uint64_t msg) {
    using namespace comment;
    o.make(comment::close{msg, {}});
    o.make(comment::open{msg, {}});
    const auto id = o.owner.comments.write({msg}, "o1", "words", o.p.now()).value();
    BOOST_TEST(o.make(comment::list{msg, {}, 0, 1}).total == 1u);
    o.make(markelect{msg, {}, id});
    o.make(unmarkelect{msg, {}, id});
    o.make(reply_add{msg, {}, id, "thanks"});
    o.make(reply_delete{msg, {}, id});
    o.make(comment::delete_{msg, {}, id});
}

inline void publish_a_draft(office& o, const std::string& draft) {
    using namespace freepublish;
    const auto made = o.make(freepublish::submit{draft});
    o.pass(std::chrono::seconds(30));
    const auto id = o.make(freepublish::get{made.publish_id}).article_id.value();
    o.make(getarticle{id});
    BOOST_TEST(o.make(freepublish::batchget{0, 20}).item.size() == 1u);
    comment_on(o, made.msg_data_id.value());
    o.make(freepublish::delete_{id, {}});
}

inline void look_after_it(office& o) {
    using namespace openapi;
    BOOST_TEST(o.make(quota_get{"/cgi-bin/draft/count"}).quota.used == 1);
    o.make(quota_clear{"/cgi-bin/draft/count"});
    o.make(clear_quota{"wx1"});
    o.make(clear_quota_v2{"wx1", secret(app_secret)});
    const auto failed = o.c(publish::query{"x"}).error().rid();
    o.make(rid_get{failed});
}

// Makes each call of the library once, and lets the simulator refuse it once before.
inline void make_every_call(office& o) {
    get_tokens(o);
    keep_media(o);
    keep_news(o);
    upload_a_video(o);
    publish_by_the_library(o);
    publish_a_draft(o, make_draft(o));
    look_after_it(o);
}

}  // namespace wxmp_test

#endif
