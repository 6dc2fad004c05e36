// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_PLAIN_TEXT_HPP
#define WXMP_EXAMPLES_WXMP_PLAIN_TEXT_HPP

#include <string>
#include <string_view>

namespace tool {

/// The text of HTML, a line for each block.
std::string plain_text(const std::string& html);

/// A text without its white space.
std::string without_blanks(std::string_view text);

}  // namespace tool

#endif
