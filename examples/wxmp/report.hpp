// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What the tool says to people, and its exit status.
#ifndef WXMP_EXAMPLES_WXMP_REPORT_HPP
#define WXMP_EXAMPLES_WXMP_REPORT_HPP

#include <wxmp/data/fields.hpp>
#include <wxmp/error/error.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

enum class exit_status {
    ok = 0,
    refused = 1,        ///< by the service
    usage = 2,          ///< the command line is not understood
    network = 3,        ///< no answer, or none that can be read
    local = 4,          ///< a file, the configuration, or a value that the service would refuse
    unknown = 5,        ///< sent, but the answer was lost: look before you repeat it
    interrupted = 130,  ///< by Ctrl-C or SIGTERM, with nothing left in doubt
};

/// The same for the help.
std::string exit_statuses();

/// The error of a wrong command line that only the command itself can see.
wxmp::error wrong_usage(std::string what);

/// The error of a file or a configuration that is not as it has to be.
wxmp::error local_fault(std::string what);

/// The same error with what it is about in front of its detail; without its rid.
wxmp::error about(const std::string& what, const wxmp::error& e);

/// Of a file that cannot be used, whose name is in the detail: that alone. Any other error as it is.
wxmp::error file_fault(const wxmp::error& e);

/// Names the file in a fault of its bytes: it cannot be read, or has changed.
wxmp::error about_file(const std::string& file, const wxmp::error& e);

/// What to do about a return code: the library's advice, and where the tool has the value that is at fault.
std::string advice(const wxmp::known_error& e);

/// What went wrong, in one line.
std::string message_of(const wxmp::error& e);

/// What to do about it, in one line; empty where the message says it all.
std::string to_do_of(const wxmp::error& e);

/// Notes the path of the call that is sent, for the report of what comes of it.
void note_call(std::string path);

/// Says both on stderr, and which call it was.
exit_status report(const wxmp::error& e);

/// One line on stderr: what is being done.
void say(std::string_view line);

/// One line on stdout.
void print(std::string_view line);

/// Whether to draw bars on stderr: only on a terminal.
bool draws_bars();

/// Text that came from elsewhere, fit for a terminal: control characters, and those that turn the direction of
/// text, are spaces. What is not ASCII is `?` if it is not UTF-8.
std::string printable(std::string_view text);

/// JSON in one line, fit for a terminal: these characters are escaped.
std::string printable_json(std::string_view text);

/// Local time, as `2026-11-22 16:20`.
std::string local_time(std::chrono::sys_seconds t);

/// The same of a time that may be unknown, which is `-`.
std::string local_time(const std::optional<std::chrono::sys_seconds>& t);

}  // namespace tool

#endif
