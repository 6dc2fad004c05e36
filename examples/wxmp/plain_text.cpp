// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "plain_text.hpp"

#include "html_tree.hpp"
#include <algorithm>
#include <array>

namespace tool {

namespace {

constexpr std::array<std::string_view, 22> blocks = {
    "p",  "div", "section", "h1", "h2",    "h3", "h4", "h5", "h6",  "li",         "ul",
    "ol", "dl",  "dt",      "dd", "table", "tr", "br", "hr", "pre", "blockquote", "figure"};

constexpr std::array<std::string_view, 10> blanks = {
    " ", "\t", "\r", "\n", "\f", "\v", "\xc2\xa0", "\xe2\x80\x8b", "\xe3\x80\x80", "\xef\xbb\xbf"};

void end_line(std::string& text) {
    while (text.ends_with(' ')) text.pop_back();
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
}

// Line breaks of the source are no more than spaces.
void add_words(std::string_view words, std::string& text) {
    for (const char c : words) {
        const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!is_blank) text += c;
        else if (!text.empty() && !text.ends_with(' ') && !text.ends_with('\n')) text += ' ';
    }
}

void add_node(const GumboNode& n, std::string& text) {
    const auto name = name_of(n);
    if (name == "script" || name == "style") return;
    const bool is_block = std::find(blocks.begin(), blocks.end(), name) != blocks.end();
    if (is_block) end_line(text);
    add_words(text_of_node(n), text);
    for (const auto* child : children_of(n)) add_node(*child, text);
    if (is_block) end_line(text);
}

}  // namespace

std::string plain_text(const std::string& html) {
    const html_tree tree(html);
    if (!tree) return html;
    std::string text;
    add_node(*tree.root(), text);
    end_line(text);
    if (!text.empty()) text.pop_back();
    return text;
}

std::string without_blanks(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto blank = std::find_if(blanks.begin(), blanks.end(),
                                        [&](std::string_view b) { return text.starts_with(b); });
        if (blank == blanks.end()) out += text.front();
        text.remove_prefix(blank == blanks.end() ? 1 : blank->size());
    }
    return out;
}

}  // namespace tool
