// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_PARSE_HPP
#define WXMP_EXAMPLES_WXMP_PARSE_HPP

#include "command.hpp"
#include "report.hpp"

namespace tool {

/// What to run; null where the parser has said all there is to say, and the exit status for that.
struct parsed {
    const command* chosen{};
    arguments values{};
    exit_status status{};
};

/// Reads the command line. Prints the help, or on stderr what is not understood.
parsed parse(const commands& all, int argc, char** argv);

}  // namespace tool

#endif
