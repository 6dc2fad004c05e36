// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_THEME_HPP
#define WXMP_EXAMPLES_WXMP_THEME_HPP

#include "problem.hpp"
#include <map>
#include <string>
#include <string_view>

namespace tool {

/// The inline style of each element, by its name. `code` is that in a line of text, not of a block.
using theme = std::map<std::string, std::string, std::less<>>;

/// What articles look like without `--theme`.
theme default_theme();

/** Reads a theme from CSS: rules whose selectors are names of elements, as `h1, h2 { color: #333 }`, and
    comments. All else goes to `found`, with its place. */
theme read_theme(std::string_view css, problems& found);

}  // namespace tool

#endif
