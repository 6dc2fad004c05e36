// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_MARKDOWN_HPP
#define WXMP_EXAMPLES_WXMP_MARKDOWN_HPP

#include "highlight.hpp"
#include "problem.hpp"
#include "source_text.hpp"
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// HTML, and where each piece of it was in the Markdown.
struct traced_html {
    /// From here on the HTML comes from there.
    struct mark {
        std::size_t offset{};
        byte_position at{};
        bool is_written{};  ///< it is HTML that the writer wrote, byte for byte
    };

    std::string text{};
    std::vector<mark> marks{};  ///< in the order of their offsets, from 0 on
    int footnotes{};            ///< how many there are

    /// Where this byte of it comes from.
    byte_position at(std::size_t offset) const;

    /// Whether this byte of it was HTML before.
    bool is_written(std::size_t offset) const { return mark_of(offset).is_written; }

private:
    const mark& mark_of(std::size_t offset) const;
};

/// The attribute of an empty `<sup>` that stands for the footnote of this number, from 0.
inline constexpr const char* footnote_mark = "data-wxmp-footnote";

/// The attribute of the `<section>` that holds the text of the footnote of this number.
inline constexpr const char* footnote_text_mark = "data-wxmp-footnote-text";

/** Makes HTML of Markdown as GitHub has it: with tables, strikethrough, task lists, autolinks and footnotes.

    HTML in it is kept, but for tags that nothing closes, which become text. Formulas stay as they are
    written.

    @param text without front matter, in UTF-8
    @param highlight may be empty
    @param found gets what is not shown as it is written
*/
traced_html render_markdown(std::string_view text, const highlighter& highlight, problems& found);

}  // namespace tool

#endif
