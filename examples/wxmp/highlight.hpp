// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Blocks of code in colours, by a command that the user names.
#ifndef WXMP_EXAMPLES_WXMP_HIGHLIGHT_HPP
#define WXMP_EXAMPLES_WXMP_HIGHLIGHT_HPP

#include "problem.hpp"
#include <functional>
#include <optional>
#include <stop_token>
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

/** Highlights by a command of the shell, which gets the code on its input, and the language as `$1`, and writes HTML with
    inline styles. It has 10 s for a block. What it writes besides text and styles is left out.
*/
highlighter highlight_by(std::string command, std::stop_token stop);

/// The language that is named behind the fence of a block; empty: none, or none that is fit to be an argument.
std::string code_language_of(std::string_view info);

}  // namespace tool

#endif
