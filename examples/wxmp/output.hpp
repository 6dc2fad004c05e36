// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Answers on stdout: for people, or as JSON for programs.
#ifndef WXMP_EXAMPLES_WXMP_OUTPUT_HPP
#define WXMP_EXAMPLES_WXMP_OUTPUT_HPP

#include <wxmp/api/stored_article.hpp>
#include <wxmp/codec/members.hpp>
#include <wxmp/flow/pages.hpp>

#include "language.hpp"
#include "session.hpp"
#include <algorithm>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace tool {

/// Prints a value as one line of JSON, in the service's own spelling.
template <class T> result<void> print_json(const T& v) {
    const auto text = wxmp::encode(v);
    if (!text) return text.error();
    print(printable_json(*text));
    return {};
}

/// Prints an answer: as JSON, or as the line that `tell` makes of it.
template <class Answer, class Tell>
result<void> print_answer(const arguments& a, const result<Answer>& answer, Tell tell) {
    if (!answer) return answer.error();
    if (a.has("--json")) return print_json(*answer);
    if constexpr (std::convertible_to<Tell, std::string>) print(tell);
    else print(tell(*answer));
    return {};
}

/// Makes a call and prints its answer.
template <wxmp::operation Op, class Tell>
result<void> call_and_print(const arguments& a, session& s, Op op, Tell tell) {
    return print_answer(a, s.call(std::move(op)), std::move(tell));
}

/// The options of a command that lists something, besides its own ones.
inline std::vector<parameter> with_paging(std::uint64_t most_offset, std::vector<parameter> own) {
    own.push_back(number("--offset", tr("how many to skip"), 0, most_offset));
    own.push_back(number("--count", tr("how many to list; 20 if not given"), 1));
    own.push_back(flag("--all", tr("list all")));
    own.push_back(flag("--json", tr("print JSON, one object a line")));
    return own;
}

/// Lists items, one a line: as JSON, or as `tell` makes it.
template <wxmp::paged_operation Op, class Tell>
result<void> list(const arguments& a, session& s, Op first, std::uint32_t longest_page, Tell tell) {
    auto left = a.has("--all") ? std::numeric_limits<std::uint64_t>::max() : a.number("--count", 20);
    auto& offset = wxmp::detail::offset_of(first);
    offset = static_cast<std::remove_cvref_t<decltype(offset)>>(a.number("--offset"));
    first.count = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, longest_page));
    result<void> printed;
    const auto each = [&](typename wxmp::pages<Op>::item&& item) {
        if (a.has("--json")) printed = print_json(item);
        else print(tell(item));
        return --left != 0 && printed && std::ferror(stdout) == 0;
    };
    const auto listed = s.run(wxmp::pages<Op>(std::move(first), each, s.settings()));
    if (!listed) return listed.error();
    return printed;
}

/// Fields of a line, apart by tabs.
template <class... Fields> std::string columns(const Fields&... fields) {
    std::string line;
    ((line += (line.empty() ? "" : "\t") + printable(fields)), ...);
    return line;
}

/// The titles of articles, on one line.
inline std::string titles(const std::optional<wxmp::stored_news>& news) {
    std::string all;
    if (!news) return all;
    for (const auto& article : news->news_item) all += (all.empty() ? "" : " / ") + article.title;
    return all;
}

/// Articles as people read them.
inline std::string describe_news(const wxmp::stored_news& news) {
    std::string text;
    const auto add = [&text](const std::string& name, const std::optional<std::string>& value) {
        if (value && !value->empty()) text += name + printable(*value) + '\n';
    };
    for (const auto& article : news.news_item) {
        if (!text.empty()) text += '\n';
        add(tr("title    "), article.title);
        add(tr("author   "), article.author);
        add(tr("digest   "), article.digest);
        add(tr("cover    "), article.thumb_media_id);
        add(tr("source   "), article.content_source_url);
        add(tr("url      "), article.url);
        if (article.is_deleted.value_or(false)) text += tr("deleted") + '\n';
        add("\n", article.content);
    }
    if (!text.empty()) text.pop_back();
    return text;
}

}  // namespace tool

#endif
