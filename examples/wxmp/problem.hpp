// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What is wrong with an article, and where.
#ifndef WXMP_EXAMPLES_WXMP_PROBLEM_HPP
#define WXMP_EXAMPLES_WXMP_PROBLEM_HPP

#include <compare>
#include <string>
#include <vector>

namespace tool {

/// A place in a file.
struct source_position {
    int line{};    ///< from 1; 0: the file as a whole
    int column{};  ///< from 1, in characters; 0: the line as a whole

    friend auto operator<=>(const source_position&, const source_position&) = default;
};

/// Something that a writer has to know of an article before it is sent.
struct problem {
    enum class severity {
        note,     ///< what becomes of something
        warning,  ///< the service shows it otherwise than it is written
        error,    ///< it cannot be sent like this
    };

    severity is{};
    source_position at{};
    std::string what{};
    std::string to_do{};       ///< empty: nothing
    std::vector<int> again{};  ///< the lines where the same is found once more
};

using problems = std::vector<problem>;

/// `file:line:column: what; what to do`
std::string describe(const std::string& file, const problem& p);

/// In the order of their places. What is the same, but for its place, becomes one, with the lines of the
/// others.
problems in_order(problems all);

/// Whether one of them is an error.
bool has_error(const problems& all);

}  // namespace tool

#endif
