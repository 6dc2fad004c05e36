// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_DETAIL_SOURCE_CALLS_HPP
#define WXMP_TESTING_DETAIL_SOURCE_CALLS_HPP

#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/api/auth/token.hpp>
#include <wxmp/api/material/get_materialcount.hpp>
#include <wxmp/api/openapi/clear_quota.hpp>
#include <wxmp/api/openapi/clear_quota_v2.hpp>
#include <wxmp/api/openapi/quota_clear.hpp>
#include <wxmp/api/openapi/quota_get.hpp>
#include <wxmp/api/openapi/rid_get.hpp>
#include <wxmp/testing/platform/call_table.hpp>

#include <string>
#include <string_view>
#include <utility>

// Compiled once per program, through wxmp/testing/src.hpp.

namespace wxmp::inline v0_1::testing {

namespace detail {

// The response of a call that reports nothing but success.
template <operation Op> result<typename Op::response> answer_of(const result<void>& done) {
    if (!done) return done.error();
    return typename Op::response{};
}

inline void serve_auth(call_table& t) {
    t.on<auth::token>([](const auth::token& op, call_context& v) -> result<auth::token_grant> {
        const auto who = v.sign_in(op.appid, op.secret, op.at.path);
        if (!who) return who.error();
        return (*who)->tokens.issue(v);
    });
    t.on<auth::stable_token>([](const auth::stable_token& op, call_context& v) -> result<auth::token_grant> {
        const auto who = v.sign_in(op.appid, op.secret, op.at.path);
        if (!who) return who.error();
        if (op.force_refresh.value_or(false)) return (*who)->tokens.forced(v);
        return (*who)->tokens.stable(v);
    });
}

inline void serve_media(call_table& t) {
    t.on<media::uploadimg>([](const auto& op, call_context& v) { return v.who->media.add(op, v); });
    t.on<media::upload>([](const auto& op, call_context& v) { return v.who->temporary.add(op, v); });
    t.on<media::get>([](const auto& op, call_context& v) { return v.who->temporary.get(op, v); });
    t.on<media::get_jssdk>([](const auto& op, call_context& v) { return v.who->temporary.get(op, v); });
}

inline result<http::response> give_out(const material::get_material& op, const call_context& v) {
    using material::get_material;
    if (const auto* news = v.who->news.find(op.media_id))
        return write_response<get_material>({news->content, {}, {}});
    const auto answer = v.who->media.get(op);
    if (!answer) return answer.error();
    if (answer->file && v.rules.nameless_materials)
        return http::response{200, {{"Content-Type", "text/plain"}}, answer->file->bytes};
    return write_response<get_material>(*answer);
}

inline void serve_material(call_table& t) {
    using namespace material;
    t.on<add_material>([](const auto& op, call_context& v) { return v.who->media.add(op, v); });
    t.on<add_news>([](const auto& op, call_context& v) { return v.who->news.add(op, v.who->assets(), v); });
    t.on<update_news>(
        [](const auto& op, call_context& v) { return v.who->news.update(op, v.who->assets(), v); });
    t.on<get_material>([](const auto& op, call_context& v) { return give_out(op, v); });
    t.on<del_material>([](const auto& op, call_context& v) -> result<del_material::response> {
        if (v.who->news.remove(op.media_id)) return del_material::response{};
        return v.who->media.remove(op);
    });
    t.on<batchget_material>([](const auto& op, call_context& v) {
        return op.type == material_kind::news ? v.who->news.list(op, v) : v.who->media.list(op, v);
    });
    t.on<get_materialcount>([](const auto&, call_context& v) -> result<get_materialcount::response> {
        const auto& m = v.who->media;
        return get_materialcount::response{m.count(media_type::voice), m.count(media_type::video),
                                           m.count(media_type::image), v.who->news.count()};
    });
}

inline void serve_comments(call_table& t) {
    using namespace comment;
    t.on<open>([](const auto& op, call_context& v) {
        return answer_of<open>(v.who->comments.set_open(comment_service::location_of(op), true, v));
    });
    t.on<close>([](const auto& op, call_context& v) {
        return answer_of<close>(v.who->comments.set_open(comment_service::location_of(op), false, v));
    });
    t.on<list>([](const auto& op, call_context& v) { return v.who->comments.list(op, v); });
    t.on<markelect>(
        [](const auto& op, call_context& v) { return answer_of<markelect>(v.who->comments.elect(op, v)); });
    t.on<unmarkelect>([](const auto& op, call_context& v) {
        return answer_of<unmarkelect>(v.who->comments.unelect(op, v));
    });
    t.on<delete_>(
        [](const auto& op, call_context& v) { return answer_of<delete_>(v.who->comments.remove(op, v)); });
    t.on<reply_add>(
        [](const auto& op, call_context& v) { return answer_of<reply_add>(v.who->comments.reply(op, v)); });
    t.on<reply_delete>([](const auto& op, call_context& v) {
        return answer_of<reply_delete>(v.who->comments.unreply(op, v));
    });
}

// Handles a call that requires drafts to be enabled.
template <operation Op, class Handler> void on_drafts(call_table& t, Handler h) {
    t.on<Op>([h](const Op& op, call_context& v) -> result<typename Op::response> {
        if (!v.who->drafts.is_on(v)) return refuse(48001);
        return h(op, v);
    });
}

inline void serve_drafts(call_table& t) {
    using namespace draft;
    on_drafts<add>(t,
                   [](const auto& op, call_context& v) { return v.who->drafts.add(op, v.who->assets(), v); });
    on_drafts<draft::get>(t, [](const auto& op, call_context& v) { return v.who->drafts.get(op, v); });
    on_drafts<update>(
        t, [](const auto& op, call_context& v) { return v.who->drafts.update(op, v.who->assets(), v); });
    on_drafts<delete_>(t, [](const auto& op, call_context& v) { return v.who->drafts.remove(op, v); });
    on_drafts<count>(t, [](const auto& op, call_context& v) { return v.who->drafts.count(op, v); });
    on_drafts<batchget>(t, [](const auto& op, call_context& v) { return v.who->drafts.list(op, v); });
    t.on<switch_>([](const auto& op, call_context& v) { return v.who->drafts.turn_on(op, v); });
}

inline void serve_publications(call_table& t) {
    using namespace freepublish;
    on_drafts<submit>(t, [](const auto& op, call_context& v) {
        return v.who->publications.submit(op, v.who->drafts, v.who->comments, v);
    });
    on_drafts<freepublish::get>(
        t, [](const auto& op, call_context& v) { return v.who->publications.get(op, v); });
    on_drafts<getarticle>(t, [](const auto& op, call_context& v) { return v.who->publications.get(op, v); });
    on_drafts<delete_>(t, [](const auto& op, call_context& v) {
        return v.who->publications.remove(op, v.who->comments, v);
    });
    on_drafts<batchget>(t, [](const auto& op, call_context& v) { return v.who->publications.list(op, v); });
}

inline void serve_videos(call_table& t) {
    using namespace upload_video;
    t.on<init_upload>([](const auto& op, call_context& v) { return v.who->videos.open(op, v); });
    t.on<upload_block>([](const auto& op, call_context& v) { return v.who->videos.add(op, v); });
    t.on<upload_finish>([](const auto& op, call_context& v) { return v.who->videos.finish(op, v); });
    t.on<save_video>([](const auto& op, call_context& v) { return v.who->videos.save(op, v); });
    t.on<query_status>([](const auto& op, call_context& v) { return v.who->videos.query(op, v); });
}

inline void serve_publishing(call_table& t) {
    using namespace publish;
    t.on<uploadnews>(
        [](const auto& op, call_context& v) { return v.who->library.add(op, v.who->assets(), v); });
    t.on<update>(
        [](const auto& op, call_context& v) { return v.who->library.update(op, v.who->assets(), v); });
    t.on<submit>([](const auto& op, call_context& v) { return v.who->library.submit(op, v); });
    t.on<delete_>([](const auto& op, call_context& v) { return v.who->library.remove(op); });
    t.on<query>([](const auto& op, call_context& v) { return v.who->library.query(op, v); });
}

// Whether any call has this path, with any method and action.
inline bool is_known_path(std::string_view path) {
    http::request r;
    r.target = secret(std::string(path));
    const auto found = all_calls().find(r);
    return found || !(found.error() == errc::unknown_call || found.error() == errc::bad_query);
}

inline std::string appid_of(const call_context& v) {
    for (const auto& [appid, a] : v.all)
        if (&a == v.who) return appid;
    return {};
}

inline void serve_upkeep(call_table& t) {
    using namespace openapi;
    t.on<clear_quota>([](const auto& op, call_context& v) -> result<clear_quota::response> {
        if (op.appid != appid_of(v)) return refuse(40013);
        return answer_of<clear_quota>(v.who->quota.clear(v));
    });
    t.on<clear_quota_v2>([](const auto& op, call_context& v) -> result<clear_quota_v2::response> {
        const auto who = v.find_account(op.appid, op.appsecret);
        if (!who) return who.error();
        return answer_of<clear_quota_v2>((*who)->quota.clear(v));
    });
    t.on<quota_get>([](const auto& op, call_context& v) -> result<quota_get::response> {
        if (!is_known_path(op.cgi_path)) return refuse(76021);
        return quota_get::response{v.who->quota.of(op.cgi_path, v), {}, {}};
    });
    t.on<quota_clear>([](const auto& op, call_context& v) -> result<quota_clear::response> {
        if (!is_known_path(op.cgi_path)) return refuse(76021);
        return answer_of<quota_clear>(v.who->quota.clear(op.cgi_path, v));
    });
    t.on<rid_get>([](const auto& op, call_context& v) -> result<rid_get::response> {
        auto found = v.log.find(op.rid, appid_of(v), v);
        if (!found) return found.error();
        return rid_get::response{*std::move(found)};
    });
}

const call_table& link_wxmp_testing_or_include_wxmp_testing_src_hpp_in_one_source() {
    static const call_table table = [] {
        call_table t;
        serve_auth(t);
        serve_media(t);
        serve_material(t);
        serve_comments(t);
        serve_drafts(t);
        serve_publications(t);
        serve_videos(t);
        serve_publishing(t);
        serve_upkeep(t);
        return t;
    }();
    return table;
}

}  // namespace detail

}  // namespace wxmp::inline v0_1::testing

#endif
