// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "article_parser.hpp"

#include <wxmp/data/html.hpp>

#include "html_writer.hpp"
#include "language.hpp"
#include "markdown.hpp"
#include "source_text.hpp"

namespace tool {

namespace {

// One kind of line break, no byte order mark, and no NUL.
std::string plain_lines(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i != text.size(); ++i) {
        const bool is_return = text[i] == '\r';
        if (is_return && i + 1 != text.size() && text[i + 1] == '\n') continue;
        if (text[i] == '\0') out += "\xef\xbf\xbd";
        else out += is_return ? '\n' : text[i];
    }
    return out;
}

}  // namespace

std::string parsed_article::html(const std::function<std::string(const article_picture&)>& show) const {
    std::string all;
    for (const auto& piece : content) {
        all += piece.html;
        if (piece.picture) all += show(pictures[*piece.picture]);
    }
    return all;
}

std::string image_html(const article_picture& p, std::string_view address) {
    return "<img src=\"" + wxmp::html::escape(address) + '"' + p.attributes + " />";
}

parsed_article parse_article(std::string_view text, const article_options& how) {
    const auto plain = plain_lines(text);
    parsed_article made;
    problems of_meta;
    made.meta = read_front_matter(plain, of_meta);
    const auto body = std::string_view(plain).substr(made.meta.end);
    const auto html = render_markdown(body, how.highlight, made.found);
    write_article(html, source_text(body), how, made);
    for (auto& p : made.found) p.at.line += made.meta.lines;
    // It may be in front matter that cannot be read.
    if (made.title.empty() && !has_error(of_meta))
        made.found.push_back(
            {problem::severity::error, {}, tr("no heading to be the title"), tr("use --title")});
    for (auto& p : made.pictures) p.at.line += made.meta.lines;
    if (how.title) made.title_at = {};
    else if (made.meta.title) made.title_at = made.meta.title->at;
    else made.title_at.line += made.meta.lines;
    made.found.insert(made.found.end(), of_meta.begin(), of_meta.end());
    made.found = in_order(std::move(made.found));
    return made;
}

}  // namespace tool
