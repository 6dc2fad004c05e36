// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The builder of simdjson 4, with names that are constants.
#include "peers.hpp"
#include <optional>
#include <simdjson.h>
#include <stdexcept>

namespace wxmp_bench::by_simdjson {

namespace {

using simdjson::builder::string_builder;
using simdjson::constevalutil::fixed_string;

void put(string_builder& to, std::string_view text) { to.escape_and_append_with_quotes(text); }
void put(string_builder& to, std::uint64_t number) { to.append(number); }
void put(string_builder& to, wxmp::flag yes) { to.append(int{yes.value}); }
void put(string_builder& to, wxmp::index_from_0 index) { to.append(index.value); }

template <fixed_string Name, class T> void member(string_builder& to, const T& v, bool is_first = false) {
    if (!is_first) to.append_comma();
    to.escape_and_append_with_quotes<Name>();
    to.append_colon();
    put(to, v);
}
template <fixed_string Name, class T> void member(string_builder& to, const std::optional<T>& v) {
    if (v) member<Name>(to, *v);
}

std::string text_of(const string_builder& from, bool checks) {
    if (checks && !from.validate_unicode()) throw std::runtime_error("not UTF-8");
    return std::string(from);
}

}  // namespace

std::string encode(const draft& in, bool checks) {
    string_builder to;
    to.start_object();
    to.escape_and_append_with_quotes<"articles">();
    to.append_colon();
    to.start_array();
    for (const auto& a : in.articles) {
        if (&a != &in.articles.front()) to.append_comma();
        to.start_object();
        member<"title">(to, std::string_view(a.title), true);
        member<"thumb_media_id">(to, a.thumb_media_id);
        member<"author">(to, a.author);
        member<"digest">(to, a.digest);
        member<"show_cover_pic">(to, a.show_cover_pic);
        member<"content">(to, a.content);
        member<"content_source_url">(to, a.content_source_url);
        member<"need_open_comment">(to, a.need_open_comment);
        member<"only_fans_can_comment">(to, a.only_fans_can_comment);
        to.end_object();
    }
    to.end_array();
    to.end_object();
    return text_of(to, checks);
}

std::string encode(const reply& in, bool checks) {
    string_builder to;
    to.start_object();
    member<"msg_data_id">(to, std::uint64_t{in.msg_data_id}, true);
    member<"index">(to, in.index);
    member<"user_comment_id">(to, std::uint64_t{in.user_comment_id});
    member<"content">(to, std::string_view(in.content));
    to.end_object();
    return text_of(to, checks);
}

}  // namespace wxmp_bench::by_simdjson
