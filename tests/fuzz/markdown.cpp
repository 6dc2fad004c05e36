// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any text as an article, as the tool `wxmp` reads it: its front matter, title, pictures, HTML. The same text as a theme, and
// as what a highlighter writes of its code; any bytes as a file.
#include "../../examples/wxmp/markdown.cpp"

#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/html.hpp>

#include "../../examples/wxmp/article_parser.cpp"
#include "../../examples/wxmp/chinese.cpp"
#include "../../examples/wxmp/file_kind.cpp"
#include "../../examples/wxmp/front_matter.cpp"
#include "../../examples/wxmp/highlight.cpp"
#include "../../examples/wxmp/html_policy.cpp"
#include "../../examples/wxmp/html_tree.cpp"
#include "../../examples/wxmp/html_writer.cpp"
#include "../../examples/wxmp/language.cpp"
#include "../../examples/wxmp/markdown_text.cpp"
#include "../../examples/wxmp/meta_node.cpp"
#include "../../examples/wxmp/problem.cpp"
#include "../../examples/wxmp/source_text.cpp"
#include "../../examples/wxmp/texts_zh.cpp"
#include "../../examples/wxmp/theme.cpp"
#include "target.hpp"
#include <algorithm>
#include <string>
#include <string_view>

namespace wxmp_fuzz {

// What a good highlighter makes of code is taken; what is made of anything else is the code, or a fault. Of control characters
// HTML makes others.
static tool::highlighted_code highlighted(std::string_view input, std::string_view code) {
    const auto good =
        tool::styled_code("<pre><b style=\"color:red\">" + wxmp::html::escape(code) + "</b></pre>", code);
    const bool is_plain =
        std::all_of(code.begin(), code.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
    require(!is_plain || (!good.fault && !good.html.empty()), "good colours are refused");
    auto other = tool::styled_code(std::string(input), code);
    require(other.fault.has_value() == other.html.empty(), "neither code nor a fault, or both");
    return input.size() % 2 == 0 ? good : other;
}

void try_markdown(std::string_view input) {
    require(!tool::words_of(tool::kind_of(input)).empty(), "a kind without words");
    require(tool::claimed_kind(input) == tool::file_kind::unknown || input.find('.') != input.npos,
            "a kind claimed without an extension");
    if (!wxmp::is_utf8(input)) return;
    tool::problems none;
    tool::article_options how;
    how.keeps_links = input.size() % 2 == 0;
    if (input.size() % 3 == 0) how.styles = tool::read_theme(input, none);
    if (input.size() % 5 == 0)
        how.highlight = [input](const std::string&, std::string_view code) {
            return highlighted(input, code);
        };
    const auto article = tool::parse_article(input, how);
    for (const auto& p : article.pictures) {
        require(p.at.line >= 1 && p.at.column >= 1, "a picture without a place");
        require(!p.target.empty(), "a picture without a target");
    }
    for (const auto& p : article.found)
        require(!p.what.empty() && p.at.line >= 0, "a problem without a place");
    const auto html = article.html([](const auto& p) { return tool::image_html(p, "http://h/p"); });
    require(html.find('\0') == std::string::npos, "a NUL in the HTML");
    require(html.find("<script") == std::string::npos, "a script in the HTML");
    require(wxmp::is_utf8(html), "the HTML is no UTF-8");
}

}  // namespace wxmp_fuzz
