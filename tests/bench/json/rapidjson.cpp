// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// RapidJSON's document with UTF-8 checks, as ours are on, and its Writer.
#include "peers.hpp"
#include <optional>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <stdexcept>

namespace wxmp_bench::by_rapidjson {

namespace {

using rapidjson::Value;

rapidjson::Document parse(std::string_view text) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
    if (document.HasParseError()) throw std::runtime_error("RapidJSON");
    return document;
}

void take(const Value& v, std::string& out) { out.assign(v.GetString(), v.GetStringLength()); }
void take(const Value& v, std::uint64_t& out) { out = v.GetUint64(); }
void take(const Value& v, int& out) { out = v.GetInt(); }
void take(const Value& v, wxmp::flag& out) { out.value = v.GetInt() != 0; }
void take(const Value& v, std::chrono::sys_seconds& out) {
    out = std::chrono::sys_seconds(std::chrono::seconds(v.GetInt64()));
}
template <class T> void take(const Value& v, std::optional<T>& out) { take(v, out.emplace()); }

template <class T> void member(const Value& from, const char* name, T& out) {
    const auto found = from.FindMember(name);
    if (found != from.MemberEnd()) take(found->value, out);
}

void read(const Value& from, wxmp::stored_article& out) {
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

}  // namespace

void decode(std::string_view text, page& out) {
    const auto document = parse(text);
    for (const auto& o : document["item"].GetArray()) {
        auto& item = out.item.emplace_back();
        member(o, "media_id", item.media_id);
        auto& news = item.content.emplace();
        for (const auto& a : o["content"]["news_item"].GetArray())
            read(a, news.news_item.emplace_back(wxmp::detail::blank::make<wxmp::stored_article>()));
        member(o["content"], "create_time", news.create_time);
        member(o["content"], "update_time", news.update_time);
        member(o, "update_time", item.update_time);
    }
    member(document, "total_count", out.total_count);
    member(document, "item_count", out.item_count);
}

void decode(std::string_view text, comments& out) {
    const auto document = parse(text);
    member(document, "total", out.total);
    for (const auto& o : document["comment"].GetArray()) {
        auto& c = out.comment.emplace_back();
        member(o, "user_comment_id", c.user_comment_id);
        member(o, "openid", c.openid);
        member(o, "create_time", c.create_time);
        member(o, "content", c.content);
        member(o, "comment_type", c.comment_type);
        auto& r = c.reply.emplace();
        member(o["reply"], "content", r.content);
        member(o["reply"], "create_time", r.create_time);
    }
}

void decode(std::string_view text, status& out) {
    const auto document = parse(text);
    member(document, "errcode", out.errcode);
    member(document, "errmsg", out.errmsg);
}

void decode(std::string_view text, media_id& out) {
    const auto document = parse(text);
    member(document, "media_id", out.media_id);
}

namespace {

using buffer_writer = rapidjson::Writer<rapidjson::StringBuffer>;

void member(buffer_writer& to, std::string_view name, const std::string& text) {
    to.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    to.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
void member(buffer_writer& to, std::string_view name, const std::optional<std::string>& text) {
    if (text) member(to, name, *text);
}
void member(buffer_writer& to, std::string_view name, std::optional<wxmp::flag> yes) {
    if (!yes) return;
    to.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    to.Int(yes->value);
}

}  // namespace

std::string encode(const draft& in) {
    rapidjson::StringBuffer text;
    buffer_writer to(text);
    to.StartObject();
    to.Key("articles");
    to.StartArray();
    for (const auto& a : in.articles) {
        to.StartObject();
        member(to, "title", a.title);
        member(to, "thumb_media_id", a.thumb_media_id);
        member(to, "author", a.author);
        member(to, "digest", a.digest);
        member(to, "show_cover_pic", a.show_cover_pic);
        member(to, "content", a.content);
        member(to, "content_source_url", a.content_source_url);
        member(to, "need_open_comment", a.need_open_comment);
        member(to, "only_fans_can_comment", a.only_fans_can_comment);
        to.EndObject();
    }
    to.EndArray();
    to.EndObject();
    return {text.GetString(), text.GetSize()};
}

}  // namespace wxmp_bench::by_rapidjson
