// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// An article from its Markdown, without files and network.
#ifndef WXMP_EXAMPLES_WXMP_ARTICLE_PARSER_HPP
#define WXMP_EXAMPLES_WXMP_ARTICLE_PARSER_HPP

#include "front_matter.hpp"
#include "highlight.hpp"
#include "problem.hpp"
#include "theme.hpp"
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// How an article becomes HTML.
struct article_options {
    std::optional<std::string> title{};  ///< in place of the heading, and of the front matter
    bool keeps_links{};                  ///< those out of the service stay, in place of notes at the end
    theme styles = default_theme();
    highlighter highlight{};  ///< of blocks of code; empty: they have no colours
};

/// A picture, or a video, `![words](target)` or `<img src="target" alt="words">`.
struct article_picture {
    std::string target;      ///< as written: a path or an address
    std::string words;       ///< for those who do not see it
    std::string attributes;  ///< HTML: what its `<img>` has besides `src`
    source_position at;
};

/// HTML, and the picture that comes after it.
struct article_piece {
    std::string html{};
    std::optional<std::size_t> picture{};
};

/// What is known of an article before any of its files is looked at.
struct parsed_article {
    front_matter meta{};
    std::string title{};         ///< empty: there is none
    source_position title_at{};  ///< of one that an option gives: no line
    std::vector<article_picture> pictures{};
    std::vector<article_piece> content{};
    problems found{};

    /// The HTML of all, with this HTML in place of each picture.
    std::string html(const std::function<std::string(const article_picture&)>& show) const;
};

/// The HTML of a picture at its address.
std::string image_html(const article_picture& p, std::string_view address);

/// Reads an article in Markdown, UTF-8.
parsed_article parse_article(std::string_view text, const article_options& how);

}  // namespace tool

#endif
