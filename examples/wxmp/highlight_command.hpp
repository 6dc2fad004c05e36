// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_HIGHLIGHT_COMMAND_HPP
#define WXMP_EXAMPLES_WXMP_HIGHLIGHT_COMMAND_HPP

#include "highlight.hpp"
#include <stop_token>
#include <string>

namespace tool {

/** Highlights by a command of the shell, which gets the code on its input, and the language as `$1`, and writes HTML with
    inline styles. It has 10 s for a block. What it writes besides text and styles is left out.
*/
highlighter highlight_by(std::string command, std::stop_token stop);

}  // namespace tool

#endif
