// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "highlight_command.hpp"

#include "language.hpp"
#include "report.hpp"
#include "shell_command.hpp"
#include <utility>

namespace tool {

namespace {

constexpr int shell_cannot_run = 126;  // or 127: there is no such command

}  // namespace

highlighter highlight_by(std::string command, std::stop_token stop) {
    return [command = std::move(command), stop = std::move(stop)](const std::string& language,
                                                                  std::string_view code) {
        const auto done = run_in_shell(command, language, std::string(code) + '\n', {.stop = stop});
        if (!done) return not_highlighted(problem::severity::error, message_of(done.error()));
        if (done->status == 0) return styled_code(done->output, code);
        const auto how = tr("it ends with status {}: {}", done->status, translated(done->complaint));
        return not_highlighted(
            done->status < shell_cannot_run ? problem::severity::warning : problem::severity::error, how);
    };
}

}  // namespace tool
