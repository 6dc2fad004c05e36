// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_PICTURE_FOLDER_HPP
#define WXMP_EXAMPLES_WXMP_PICTURE_FOLDER_HPP

#include "article_parser.hpp"
#include "command.hpp"
#include <filesystem>
#include <string_view>

namespace tool {

/// Whether one name comes before another: numbers by their value, so that `2.jpg` is before `10.jpg`.
bool is_named_before(std::string_view one, std::string_view other);

/// An article of type newspic with the pictures of a folder, by name, and the title and text of the options.
result<parsed_article> load_folder(const std::filesystem::path& folder, const arguments& a);

}  // namespace tool

#endif
