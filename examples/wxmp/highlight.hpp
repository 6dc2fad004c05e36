// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Blocks of code in colours.
#ifndef WXMP_EXAMPLES_WXMP_HIGHLIGHT_HPP
#define WXMP_EXAMPLES_WXMP_HIGHLIGHT_HPP

#include "problem.hpp"
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// What became of a block of code.
struct highlighted_code {
    std::string html{};              ///< with styles; empty where it could not be made
    std::optional<problem> fault{};  ///< why; without a place
};

/// Gives code of a language as HTML whose text is the code, with `<span style="…">` around its parts.
using highlighter = std::function<highlighted_code(const std::string& language, std::string_view code)>;

/// The same, where it could not be made for this reason: that of a command, if it is an error.
highlighted_code not_highlighted(problem::severity is, const std::string& why);

/// What a highlighter wrote, with no more than styles around its parts. A fault if its text is not that of the code.
highlighted_code styled_code(const std::string& html, std::string_view code);

/// The language that is named behind the fence of a block; empty: none, or none that is fit to be an argument.
std::string code_language_of(std::string_view info);

}  // namespace tool

#endif
