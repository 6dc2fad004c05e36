// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_SHELL_COMMAND_HPP
#define WXMP_EXAMPLES_WXMP_SHELL_COMMAND_HPP

#include "command.hpp"
#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>

namespace tool {

/// What bounds a command of the user's.
struct command_bounds {
    std::chrono::seconds time{10};
    std::size_t output = 8u << 20;  ///< bytes
    std::stop_token stop{};
};

/// How a command ended that came to its end.
struct command_outcome {
    int status{};             ///< its exit status
    std::string output{};     ///< what it wrote to its standard output
    std::string complaint{};  ///< the first line that it wrote to its standard error
};

/** Runs `sh -c COMMAND sh ARGUMENT` with this input.

    @return an error whose detail tells in words what is wrong if it did not come to its end
*/
result<command_outcome> run_in_shell(const std::string& command, const std::string& argument,
                                     std::string_view input, const command_bounds& within);

}  // namespace tool

#endif
