// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Questions to whoever sits at the terminal.
#ifndef WXMP_EXAMPLES_WXMP_TERMINAL_HPP
#define WXMP_EXAMPLES_WXMP_TERMINAL_HPP

#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// Asks on stderr for a line of stdin, without the spaces around it. Nothing: stdin has ended.
std::optional<std::string> ask(std::string_view question);

/// The same; a terminal does not show what is typed.
std::optional<std::string> ask_for_secret(std::string_view question);

}  // namespace tool

#endif
