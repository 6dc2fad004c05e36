// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <boost/json.hpp>

#include "peers.hpp"
#include <optional>

namespace wxmp_bench::by_boost_json {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

void take(const value& v, std::string& out) { out = v.as_string(); }
void take(const value& v, std::uint64_t& out) { out = v.to_number<std::uint64_t>(); }
void take(const value& v, int& out) { out = v.to_number<int>(); }
void take(const value& v, wxmp::flag& out) { out.value = v.to_number<int>() != 0; }
void take(const value& v, std::chrono::sys_seconds& out) {
    out = std::chrono::sys_seconds(std::chrono::seconds(v.to_number<std::int64_t>()));
}
template <class T> void take(const value& v, std::optional<T>& out) { take(v, out.emplace()); }

template <class T> void member(const value& from, const char* name, T& out) {
    if (const auto* found = from.as_object().if_contains(name)) take(*found, out);
}

void read(const value& from, wxmp::stored_article& out) {
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

template <class T> void put(object& to, const char* name, const std::optional<T>& v) {
    if (!v) return;
    if constexpr (std::is_same_v<T, wxmp::flag>) to[name] = int{v->value};
    else to[name] = *v;
}

}  // namespace

void decode(std::string_view text, page& out) {
    const auto document = boost::json::parse(text);
    for (const auto& o : document.at("item").as_array()) {
        auto& item = out.item.emplace_back();
        member(o, "media_id", item.media_id);
        auto& news = item.content.emplace();
        for (const auto& a : o.at("content").at("news_item").as_array())
            read(a, news.news_item.emplace_back(wxmp::detail::blank::make<wxmp::stored_article>()));
        member(o.at("content"), "create_time", news.create_time);
        member(o.at("content"), "update_time", news.update_time);
        member(o, "update_time", item.update_time);
    }
    member(document, "total_count", out.total_count);
    member(document, "item_count", out.item_count);
}

void decode(std::string_view text, comments& out) {
    const auto document = boost::json::parse(text);
    member(document, "total", out.total);
    for (const auto& o : document.at("comment").as_array()) {
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
    const auto document = boost::json::parse(text);
    member(document, "errcode", out.errcode);
    member(document, "errmsg", out.errmsg);
}

void decode(std::string_view text, media_id& out) {
    const auto document = boost::json::parse(text);
    member(document, "media_id", out.media_id);
}

std::string encode(const draft& in) {
    array articles;
    for (const auto& a : in.articles) {
        object to;
        to["title"] = a.title;
        put(to, "thumb_media_id", a.thumb_media_id);
        put(to, "author", a.author);
        put(to, "digest", a.digest);
        put(to, "show_cover_pic", a.show_cover_pic);
        put(to, "content", a.content);
        put(to, "content_source_url", a.content_source_url);
        put(to, "need_open_comment", a.need_open_comment);
        put(to, "only_fans_can_comment", a.only_fans_can_comment);
        articles.push_back(std::move(to));
    }
    return boost::json::serialize(object{{"articles", std::move(articles)}});
}

std::string encode(const reply& in) {
    object to{{"msg_data_id", in.msg_data_id}};
    if (in.index) to["index"] = in.index->value;
    to["user_comment_id"] = in.user_comment_id;
    to["content"] = in.content;
    return boost::json::serialize(to);
}

}  // namespace wxmp_bench::by_boost_json
