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

// Handles a call. When its handler has returned, it is carried out: there may be no memory for its response.
template <operation Op, class Handler> void on(call_table& t, Handler h) {
    t.on<Op>([h](const Op& op, call_context& v) {
        auto outcome = h(op, v);
        v.progress.is_done = outcome.has_value();
        return outcome;
    });
}

inline void serve_auth(call_table& t) {
    on<auth::token>(t, [](const auth::token& op, call_context& v) -> result<auth::token_grant> {
        const auto who = v.sign_in(op.appid, op.secret, op.at.path);
        if (!who) return who.error();
        return (*who)->tokens.issue(v);
    });
    on<auth::stable_token>(t, [](const auth::stable_token& op, call_context& v) -> result<auth::token_grant> {
        const auto who = v.sign_in(op.appid, op.secret, op.at.path);
        if (!who) return who.error();
        if (op.force_refresh.value_or(false)) return (*who)->tokens.forced(v);
        return (*who)->tokens.stable(v);
    });
}

inline void serve_media(call_table& t) {
    on<media::uploadimg>(t, [](const auto& op, call_context& v) { return v.who->media.add(op, v); });
    on<media::upload>(t, [](const auto& op, call_context& v) { return v.who->temporary.add(op, v); });
    on<media::get>(t, [](const auto& op, call_context& v) { return v.who->temporary.get(op, v); });
    on<media::get_jssdk>(t, [](const auto& op, call_context& v) { return v.who->temporary.get(op, v); });
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
    on<add_material>(t, [](const auto& op, call_context& v) { return v.who->media.add(op, v); });
    on<add_news>(t, [](const auto& op, call_context& v) { return v.who->news.add(op, v.who->assets(), v); });
    on<update_news>(
        t, [](const auto& op, call_context& v) { return v.who->news.update(op, v.who->assets(), v); });
    on<get_material>(t, [](const auto& op, call_context& v) { return give_out(op, v); });
    on<del_material>(t, [](const auto& op, call_context& v) -> result<del_material::response> {
        if (v.who->news.remove(op.media_id)) return del_material::response{};
        return v.who->media.remove(op);
    });
    on<batchget_material>(t, [](const auto& op, call_context& v) {
        return op.type == material_kind::news ? v.who->news.list(op, v) : v.who->media.list(op, v);
    });
    on<get_materialcount>(t, [](const auto&, call_context& v) -> result<get_materialcount::response> {
        const auto& m = v.who->media;
        return get_materialcount::response{m.count(media_type::voice), m.count(media_type::video),
                                           m.count(media_type::image), v.who->news.count()};
    });
}

inline void serve_comments(call_table& t) {
    using namespace comment;
    on<open>(t, [](const auto& op, call_context& v) {
        return answer_of<open>(v.who->comments.set_open(comment_service::location_of(op), true, v));
    });
    on<close>(t, [](const auto& op, call_context& v) {
        return answer_of<close>(v.who->comments.set_open(comment_service::location_of(op), false, v));
    });
    on<list>(t, [](const auto& op, call_context& v) { return v.who->comments.list(op, v); });
    on<markelect>(t, [](const auto& op, call_context& v) {
        return answer_of<markelect>(v.who->comments.elect(op, v));
    });
    on<unmarkelect>(t, [](const auto& op, call_context& v) {
        return answer_of<unmarkelect>(v.who->comments.unelect(op, v));
    });
    on<delete_>(
        t, [](const auto& op, call_context& v) { return answer_of<delete_>(v.who->comments.remove(op, v)); });
    on<reply_add>(t, [](const auto& op, call_context& v) {
        return answer_of<reply_add>(v.who->comments.reply(op, v));
    });
    on<reply_delete>(t, [](const auto& op, call_context& v) {
        return answer_of<reply_delete>(v.who->comments.unreply(op, v));
    });
}

// Handles a call that requires drafts to be enabled.
template <operation Op, class Handler> void on_drafts(call_table& t, Handler h) {
    on<Op>(t, [h](const Op& op, call_context& v) -> result<typename Op::response> {
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
    on<switch_>(t, [](const auto& op, call_context& v) { return v.who->drafts.turn_on(op, v); });
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
    on<init_upload>(t, [](const auto& op, call_context& v) { return v.who->videos.open(op, v); });
    on<upload_block>(t, [](const auto& op, call_context& v) { return v.who->videos.add(op, v); });
    on<upload_finish>(t, [](const auto& op, call_context& v) { return v.who->videos.finish(op, v); });
    on<save_video>(t, [](const auto& op, call_context& v) { return v.who->videos.save(op, v); });
    on<query_status>(t, [](const auto& op, call_context& v) { return v.who->videos.query(op, v); });
}

inline void serve_publishing(call_table& t) {
    using namespace publish;
    on<uploadnews>(
        t, [](const auto& op, call_context& v) { return v.who->library.add(op, v.who->assets(), v); });
    on<update>(t,
               [](const auto& op, call_context& v) { return v.who->library.update(op, v.who->assets(), v); });
    on<submit>(t, [](const auto& op, call_context& v) { return v.who->library.submit(op, v); });
    on<delete_>(t, [](const auto& op, call_context& v) { return v.who->library.remove(op); });
    on<query>(t, [](const auto& op, call_context& v) { return v.who->library.query(op, v); });
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
    on<clear_quota>(t, [](const auto& op, call_context& v) -> result<clear_quota::response> {
        if (op.appid != appid_of(v)) return refuse(40013);
        return answer_of<clear_quota>(v.who->quota.clear(v));
    });
    on<clear_quota_v2>(t, [](const auto& op, call_context& v) -> result<clear_quota_v2::response> {
        const auto who = v.find_account(op.appid, op.appsecret);
        if (!who) return who.error();
        return answer_of<clear_quota_v2>((*who)->quota.clear(v));
    });
    on<quota_get>(t, [](const auto& op, call_context& v) -> result<quota_get::response> {
        if (!is_known_path(op.cgi_path)) return refuse(76021);
        return quota_get::response{v.who->quota.of(op.cgi_path, v), {}, {}};
    });
    on<quota_clear>(t, [](const auto& op, call_context& v) -> result<quota_clear::response> {
        if (!is_known_path(op.cgi_path)) return refuse(76021);
        return answer_of<quota_clear>(v.who->quota.clear(op.cgi_path, v));
    });
    on<rid_get>(t, [](const auto& op, call_context& v) -> result<rid_get::response> {
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
