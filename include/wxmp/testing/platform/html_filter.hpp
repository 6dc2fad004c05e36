// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_HTML_FILTER_HPP
#define WXMP_TESTING_PLATFORM_HTML_FILTER_HPP

#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/data/http.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::testing {

/// A tag and its position in an HTML text, which must outlive it.
struct html_tag {
    std::size_t begin{};          ///< position of its `<`
    std::size_t end{};            ///< position past its `>`, or the end of the text
    std::string_view name;        ///< as written, with the `/` of a closing tag; empty: a comment
    std::string_view attributes;  ///< all of them as written

    /// Whether the tag has this name, ignoring case.
    [[nodiscard]] bool is(std::string_view wanted) const noexcept {
        return http::detail::equal_ignoring_case(name, wanted);
    }

    /// The value of an attribute with `&amp;` decoded; nothing if the tag does not have it.
    [[nodiscard]] std::optional<std::string> find(std::string_view wanted) const {
        constexpr std::string_view blank = " \t\r\n\f/";
        auto rest = attributes;
        for (;;) {
            rest.remove_prefix(std::min(rest.find_first_not_of(blank), rest.size()));
            if (rest.empty()) return std::nullopt;
            const auto key = take(rest, std::max<std::size_t>(rest.find_first_of(" \t\r\n\f=/"), 1));
            const auto value = take_value(rest);
            if (http::detail::equal_ignoring_case(key, wanted))
                return wxmp::detail::replace_all(value, "&amp;", "&");
        }
    }

private:
    static std::string_view take(std::string_view& rest, std::size_t size) noexcept {
        const auto taken = rest.substr(0, size);
        rest.remove_prefix(taken.size());
        return taken;
    }

    static std::string_view take_value(std::string_view& rest) noexcept {
        const auto equals = rest.find_first_not_of(" \t\r\n\f");
        if (equals == rest.npos || rest[equals] != '=') return {};
        rest.remove_prefix(equals + 1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n\f"), rest.size()));
        if (rest.empty() || (rest.front() != '"' && rest.front() != '\''))
            return take(rest, rest.find_first_of(" \t\r\n\f"));
        const char quote = take(rest, 1).front();
        const auto value = take(rest, rest.find(quote));
        take(rest, 1);
        return value;
    }
};

/// The first tag or comment at or after `from`, if any. A `>` within quotes does not end a tag.
inline std::optional<html_tag> next_tag(std::string_view html, std::size_t from) {
    const auto starts_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/';
    };
    for (auto at = html.find('<', from); at != html.npos; at = html.find('<', at + 1)) {
        if (html.substr(at).starts_with("<!--")) {
            const auto close = html.find("-->", at + 4);
            return html_tag{at, close == html.npos ? html.size() : close + 3, {}, {}};
        }
        if (at + 1 == html.size() || !starts_name(html[at + 1])) continue;
        const auto name_end = std::min(html.find_first_of(" \t\r\n\f>", at + 1), html.size());
        char quote = 0;
        auto end = name_end;
        for (; end != html.size() && (quote != 0 || html[end] != '>'); ++end) {
            if (quote == html[end]) quote = 0;
            else if (quote == 0 && (html[end] == '"' || html[end] == '\'')) quote = html[end];
        }
        return html_tag{at, end == html.size() ? end : end + 1, html.substr(at + 1, name_end - at - 1),
                        html.substr(name_end, end - name_end)};
    }
    return std::nullopt;
}

/// Calls `visit` with each tag and comment.
template <class Visit> void for_each_tag(std::string_view html, Visit visit) {
    for (std::size_t at = 0; const auto tag = next_tag(html, at);) {
        at = tag->end;
        visit(*tag);
    }
}

namespace detail {

// End of what to remove with this tag: a script goes with its text, any other tag alone.
inline std::size_t removed_end(std::string_view html, const html_tag& tag) {
    if (!tag.is("script")) return tag.end;
    for (auto at = tag.end; at != html.size();) {
        const auto close = next_tag(html, at);
        if (!close) return html.size();
        if (close->is("/script")) return close->end;
        at = close->end;
    }
    return html.size();
}

/// Appends text between two tags. In `<pre>` it has no line breaks, and no spaces where a line begins.
inline void append_text(std::string& kept, std::string_view text, bool is_in_pre, bool& begins_line) {
    for (const char c : text) {
        const bool is_break = c == '\n' || c == '\r';
        const bool is_dropped = is_in_pre && (is_break || (begins_line && (c == ' ' || c == '\t')));
        if (!is_dropped) kept += c;
        begins_line = is_in_pre && (is_break || (begins_line && is_dropped));
    }
}

}  // namespace detail

/** Removes scripts and external images from an article's content, and line breaks and leading spaces in
    `<pre>`, as the service does.

    @param knows whether an image URL, from `src` or `data-src`, is one of the service's own
    @return The rest, unchanged.
*/
template <class Knows> std::string filter_content(std::string_view html, Knows knows) {
    const auto is_foreign = [&](const html_tag& tag) {
        if (!tag.is("img")) return false;
        const auto source = tag.find("src");
        const auto lazy = tag.find("data-src");
        return (source && !knows(*source)) || (lazy && !knows(*lazy));
    };
    std::string kept;
    int pre = 0;  // how many are open
    bool begins_line = false;
    std::size_t at = 0;
    while (const auto tag = next_tag(html, at)) {
        detail::append_text(kept, html.substr(at, tag->begin - at), pre > 0, begins_line);
        at = tag->end;
        if (tag->is("script") || is_foreign(*tag)) {
            at = detail::removed_end(html, *tag);
            continue;
        }
        kept += html.substr(tag->begin, tag->end - tag->begin);
        if (tag->is("pre")) ++pre;
        else if (tag->is("/pre") && pre > 0) --pre;
        if (tag->is("pre") || tag->is("br") || tag->is("br/")) begins_line = true;
    }
    detail::append_text(kept, html.substr(at), pre > 0, begins_line);
    return kept;
}

/// The first `characters` code points of the text between the tags.
inline std::string text_of(std::string_view html, std::uint64_t characters) {
    std::string text;
    std::size_t at = 0;
    for_each_tag(html, [&](const html_tag& tag) {
        text.append(html.substr(at, tag.begin - at));
        at = tag.end;
    });
    text.append(html.substr(at));
    std::size_t end = 0;
    for (; end != text.size(); ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xc0u) != 0x80u && characters-- == 0) break;
    return text.substr(0, end);
}

}  // namespace wxmp::inline v0_1::testing

#endif
