// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// glaze, into structs of its own that have the same members: it sees them by itself. Needs C++23.
#include "peers.hpp"
#include <glaze/glaze.hpp>
#include <optional>
#include <stdexcept>
#include <vector>

namespace wxmp_bench::by_glaze {

namespace own {

struct article {
    std::string title;
    std::optional<std::string> author, digest, content, content_source_url, thumb_media_id;
    std::optional<int> show_cover_pic;
    std::optional<std::string> url, thumb_url;
    std::optional<int> need_open_comment, only_fans_can_comment;
};
struct news {
    std::vector<article> news_item;
    std::optional<std::int64_t> create_time, update_time;
};
struct draft_item {
    std::string media_id;
    std::optional<news> content;
    std::optional<std::int64_t> update_time;
};
struct page {
    std::vector<draft_item> item;
    std::uint64_t total_count{};
    std::optional<std::uint64_t> item_count;
};
struct comment_reply {
    std::string content;
    std::optional<std::int64_t> create_time;
};
struct reader_comment {
    std::uint64_t user_comment_id{};
    std::optional<std::string> openid;
    std::optional<std::int64_t> create_time;
    std::string content;
    std::optional<int> comment_type;
    std::optional<comment_reply> reply;
};
struct comments {
    std::uint64_t total{};
    std::vector<reader_comment> comment;
};
struct status {
    int errcode{};
    std::string errmsg;
};
struct media_id {
    std::string media_id;
};
struct sent_article {
    std::string title;
    std::optional<std::string> thumb_media_id, author, digest;
    std::optional<int> show_cover_pic;
    std::optional<std::string> content, content_source_url;
    std::optional<int> need_open_comment, only_fans_can_comment;
};
struct draft {
    std::vector<sent_article> articles;
};
struct reply {
    std::uint64_t msg_data_id{};
    std::optional<std::uint32_t> index;
    std::uint64_t user_comment_id{};
    std::string content;
};

}  // namespace own

namespace {

template <class T> T read(std::string_view text) {
    T out{};
    if (glz::read<glz::opts{.error_on_unknown_keys = false}>(out, text))
        throw std::runtime_error("glaze cannot read it");
    return out;
}

template <class T> std::string write(const T& in) {
    auto text = glz::write_json(in);
    if (!text) throw std::runtime_error("glaze cannot write it");
    return *std::move(text);
}

std::optional<int> number_of(const std::optional<wxmp::flag>& f) {
    return f ? std::optional<int>(f->value) : std::nullopt;
}

}  // namespace

#define WXMP_BENCH_GLAZE_CASE(TYPE)                                                                          \
    void decode(std::string_view text, const TYPE*) { read<own::TYPE>(text); }                               \
    std::string rewritten(std::string_view text, const TYPE*) { return write(read<own::TYPE>(text)); }
WXMP_BENCH_GLAZE_CASE(page)
WXMP_BENCH_GLAZE_CASE(comments)
WXMP_BENCH_GLAZE_CASE(status)
WXMP_BENCH_GLAZE_CASE(media_id)
#undef WXMP_BENCH_GLAZE_CASE

std::function<std::string()> encoder(const draft& in) {
    own::draft made;
    for (const auto& a : in.articles)
        made.articles.push_back({a.title, a.thumb_media_id, a.author, a.digest, number_of(a.show_cover_pic),
                                 a.content, a.content_source_url, number_of(a.need_open_comment),
                                 number_of(a.only_fans_can_comment)});
    return [made = std::move(made)] { return write(made); };
}

std::function<std::string()> encoder(const reply& in) {
    own::reply made{in.msg_data_id, {}, in.user_comment_id, in.content};
    if (in.index) made.index = in.index->value;
    return [made = std::move(made)] { return write(made); };
}

}  // namespace wxmp_bench::by_glaze
