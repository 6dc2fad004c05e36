// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What writers mean that GitHub's Markdown does not know, found before it is parsed.
#ifndef WXMP_EXAMPLES_WXMP_MARKDOWN_TEXT_HPP
#define WXMP_EXAMPLES_WXMP_MARKDOWN_TEXT_HPP

#include "problem.hpp"
#include "source_text.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// HTML that shows nothing, behind a bare address that ends at Chinese punctuation.
inline constexpr std::string_view end_of_address = "<!-- -->";

/// `[^label]:`, where a footnote is told.
struct footnote_label {
    std::string label;
    byte_position at;
};

/** A Markdown text whose formulas stay as they are written, whose pictures of Obsidian, `![[boat.jpg|words]]`, are
    those of Markdown, and whose bare addresses end at Chinese punctuation. Its lines are those of the text before. */
struct prepared_markdown {
    std::string text;
    std::vector<footnote_label> footnotes{};
};

/** Prepares a text. Formulas, and what cannot be shown, go to `found`.

    @param is_literal of each line, from 1: whether it is code or HTML
*/
prepared_markdown prepare_markdown(std::string_view text, const std::vector<bool>& is_literal,
                                   const source_text& lines, problems& found);

}  // namespace tool

#endif
