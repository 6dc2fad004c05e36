// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// An article's file, and what its commands have in common.
#ifndef WXMP_EXAMPLES_WXMP_ARTICLE_FILE_HPP
#define WXMP_EXAMPLES_WXMP_ARTICLE_FILE_HPP

#include "article_parser.hpp"
#include "command.hpp"
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace tool {

/// --title TEXT
parameter title_option();

/// --theme FILE
parameter theme_option();

/// --highlight COMMAND
parameter highlight_option();

/// --keep-links
parameter keep_links_flag();

/// --shrink
parameter shrink_flag();

/// --allow-outside DIR
parameter allow_outside_option();

/// The folders that --allow-outside names.
std::vector<std::filesystem::path> allowed_outside(const arguments& a);

/// For the help of commands that read an article.
std::string about_articles();

/// Reads an article, with the theme, the colours, the title and the links that the options ask for.
result<parsed_article> load_article(const std::filesystem::path& file, const arguments& a,
                                    std::stop_token stop = {});

/// Tells all that was found, one a line. Errors are counted in the fault, if there are any.
std::optional<wxmp::error> tell_problems(const std::filesystem::path& file, problems found);

}  // namespace tool

#endif
