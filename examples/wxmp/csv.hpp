// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Tables as text, with commas between values (RFC 4180), as spreadsheets read and write them.
#ifndef WXMP_EXAMPLES_WXMP_CSV_HPP
#define WXMP_EXAMPLES_WXMP_CSV_HPP

#include "command.hpp"
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// A row, with the number from 1 of the line that it begins in.
struct csv_row {
    std::size_t line{};
    std::vector<std::string> values{};
};

/// What a file begins with, so that a spreadsheet takes it for UTF-8.
inline constexpr std::string_view utf8_mark = "\xef\xbb\xbf";

/// A row, with its end. A value that a spreadsheet would take for a formula begins with `'`.
std::string write_csv(const std::vector<std::string>& values);

/// The rows of a text, which has to be UTF-8, with the mark above or without. Empty lines are no rows.
result<std::vector<csv_row>> read_csv(std::string_view text);

/// Takes off the `'` that @ref write_csv put before a value.
std::string without_formula_guard(std::string value);

}  // namespace tool

#endif
