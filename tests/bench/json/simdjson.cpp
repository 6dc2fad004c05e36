// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// simdjson's on-demand reader, with a parser that is kept, and members taken in the order of the wire.
#include "peers.hpp"
#include <optional>
#include <simdjson.h>

namespace wxmp_bench::by_simdjson {

namespace {

using simdjson::ondemand::object;
using simdjson::ondemand::value;

simdjson::ondemand::document parse(std::string_view text) {
    thread_local simdjson::ondemand::parser warm;
    return warm.iterate(text.data(), text.size(), text.size() + padding);
}

void take(value v, std::string& out) { out = std::string_view(v.get_string()); }
void take(value v, std::optional<std::string>& out) { out.emplace(std::string_view(v.get_string())); }
void take(value v, std::uint64_t& out) { out = v.get_uint64(); }
void take(value v, int& out) { out = static_cast<int>(std::int64_t(v.get_int64())); }
void take(value v, wxmp::flag& out) { out.value = std::int64_t(v.get_int64()) != 0; }
void take(value v, std::chrono::sys_seconds& out) {
    out = std::chrono::sys_seconds(std::chrono::seconds(std::int64_t(v.get_int64())));
}
template <class T> void take(value v, std::optional<T>& out) { take(v, out.emplace()); }

template <class T> void member(object& from, std::string_view name, T& out) {
    take(from.find_field(name).value(), out);
}

void read(object from, wxmp::stored_article& out, bool has_content) {
    member(from, "title", out.title);
    member(from, "author", out.author);
    member(from, "digest", out.digest);
    if (has_content) member(from, "content", out.content);
    member(from, "content_source_url", out.content_source_url);
    member(from, "thumb_media_id", out.thumb_media_id);
    member(from, "show_cover_pic", out.show_cover_pic);
    member(from, "url", out.url);
    member(from, "thumb_url", out.thumb_url);
    member(from, "need_open_comment", out.need_open_comment);
    member(from, "only_fans_can_comment", out.only_fans_can_comment);
}

void read(object from, wxmp::stored_news& out, bool has_content) {
    for (object o : from.find_field("news_item").get_array())
        read(o, out.news_item.emplace_back(wxmp::detail::blank::make<wxmp::stored_article>()), has_content);
    member(from, "create_time", out.create_time);
    member(from, "update_time", out.update_time);
}

void read(object all, page& out, bool has_content) {
    for (object o : all.find_field("item").get_array()) {
        auto& item = out.item.emplace_back();
        member(o, "media_id", item.media_id);
        read(o.find_field("content").get_object(), item.content.emplace(), has_content);
        member(o, "update_time", item.update_time);
    }
    member(all, "total_count", out.total_count);
    member(all, "item_count", out.item_count);
}

constexpr std::size_t least_with_content = 1'000'000;  // bytes of a text

}  // namespace

void decode(std::string_view text, page& out) {
    auto document = parse(text);
    read(document.get_object(), out, text.size() > least_with_content);
}

void decode(std::string_view text, std::vector<page>& out) {
    auto document = parse(text);
    for (object o : document.get_array()) read(o, out.emplace_back(), true);
}

void decode(std::string_view text, comments& out) {
    auto document = parse(text);
    object all = document.get_object();
    member(all, "total", out.total);
    for (object o : all.find_field("comment").get_array()) {
        auto& c = out.comment.emplace_back();
        member(o, "user_comment_id", c.user_comment_id);
        member(o, "openid", c.openid);
        member(o, "create_time", c.create_time);
        member(o, "content", c.content);
        member(o, "comment_type", c.comment_type);
        object reply = o.find_field("reply").get_object();
        auto& r = c.reply.emplace();
        member(reply, "content", r.content);
        member(reply, "create_time", r.create_time);
    }
}

void decode(std::string_view text, status& out) {
    auto document = parse(text);
    object all = document.get_object();
    member(all, "errcode", out.errcode);
    member(all, "errmsg", out.errmsg);
}

void decode(std::string_view text, media_id& out) {
    auto document = parse(text);
    object all = document.get_object();
    member(all, "media_id", out.media_id);
}

}  // namespace wxmp_bench::by_simdjson
