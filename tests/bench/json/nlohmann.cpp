// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "peers.hpp"
#include <nlohmann/json.hpp>
#include <optional>

namespace wxmp_bench::by_nlohmann {

namespace {

using nlohmann::json;

void take(const json& v, std::string& out) { v.get_to(out); }
void take(const json& v, std::uint64_t& out) { v.get_to(out); }
void take(const json& v, int& out) { v.get_to(out); }
void take(const json& v, wxmp::flag& out) { out.value = v.get<int>() != 0; }
void take(const json& v, std::chrono::sys_seconds& out) {
    out = std::chrono::sys_seconds(std::chrono::seconds(v.get<std::int64_t>()));
}
template <class T> void take(const json& v, std::optional<T>& out) { take(v, out.emplace()); }

template <class T> void member(const json& from, const char* name, T& out) {
    const auto found = from.find(name);
    if (found != from.end()) take(*found, out);
}

void read(const json& from, wxmp::stored_article& out) {
    member(from, "title", out.title);
    member(from, "author", out.author);
    member(from, "digest", out.digest);
    member(from, "content", out.content);
    member(from, "content_source_url", out.content_source_url);
    member(from, "thumb_media_id", out.thumb_media_id);
    member(from, "show_cover_pic", out.show_cover_pic);
    member(from, "url", out.url);
    member(from, "thumb_url", out.thumb_url);
    member(from, "need_open_comment", out.need_open_comment);
    member(from, "only_fans_can_comment", out.only_fans_can_comment);
}

template <class T> void put(json& to, const char* name, const std::optional<T>& v) {
    if (!v) return;
    if constexpr (std::is_same_v<T, wxmp::flag>) to[name] = int{v->value};
    else to[name] = *v;
}

}  // namespace

void decode(std::string_view text, page& out) {
    const auto document = json::parse(text);
    for (const auto& o : document.at("item")) {
        auto& item = out.item.emplace_back();
        member(o, "media_id", item.media_id);
        auto& news = item.content.emplace();
        for (const auto& a : o.at("content").at("news_item"))
            read(a, news.news_item.emplace_back(wxmp::detail::blank::make<wxmp::stored_article>()));
        member(o.at("content"), "create_time", news.create_time);
        member(o.at("content"), "update_time", news.update_time);
        member(o, "update_time", item.update_time);
    }
    member(document, "total_count", out.total_count);
    member(document, "item_count", out.item_count);
}

void decode(std::string_view text, comments& out) {
    const auto document = json::parse(text);
    member(document, "total", out.total);
    for (const auto& o : document.at("comment")) {
        auto& c = out.comment.emplace_back();
        member(o, "user_comment_id", c.user_comment_id);
        member(o, "openid", c.openid);
        member(o, "create_time", c.create_time);
        member(o, "content", c.content);
        member(o, "comment_type", c.comment_type);
        auto& r = c.reply.emplace();
        member(o.at("reply"), "content", r.content);
        member(o.at("reply"), "create_time", r.create_time);
    }
}

void decode(std::string_view text, status& out) {
    const auto document = json::parse(text);
    member(document, "errcode", out.errcode);
    member(document, "errmsg", out.errmsg);
}

void decode(std::string_view text, media_id& out) {
    const auto document = json::parse(text);
    member(document, "media_id", out.media_id);
}

std::string encode(const draft& in) {
    json all;
    auto& articles = all["articles"] = json::array();
    for (const auto& a : in.articles) {
        auto& to = articles.emplace_back();
        to["title"] = a.title;
        put(to, "thumb_media_id", a.thumb_media_id);
        put(to, "author", a.author);
        put(to, "digest", a.digest);
        put(to, "show_cover_pic", a.show_cover_pic);
        put(to, "content", a.content);
        put(to, "content_source_url", a.content_source_url);
        put(to, "need_open_comment", a.need_open_comment);
        put(to, "only_fans_can_comment", a.only_fans_can_comment);
    }
    return all.dump();
}

}  // namespace wxmp_bench::by_nlohmann
