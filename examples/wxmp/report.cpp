// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <unistd.h>
#include <utility>

namespace tool {

namespace {

using wxmp::condition;
using wxmp::errc;

// The codes of the faults that the tool itself finds; all is said in their details.
const auto usage_code = make_error_code(boost::system::errc::invalid_argument);
const auto local_code = make_error_code(boost::system::errc::argument_out_of_domain);

bool has_colours(int file) {
    const char* no = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    const bool is_unwanted = (no && *no) || (terminal && std::string_view(terminal) == "dumb");
    return !is_unwanted && isatty(file) == 1;
}

void put_line(std::FILE* to, std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), to);
    std::fputc('\n', to);
    std::fflush(to);
}

// A line that begins with the tool's name, in this colour (of ECMA-48) on a terminal.
void put_titled(const char* colour, std::string_view title, std::string_view line) {
    const bool coloured = has_colours(STDERR_FILENO);
    std::string text = coloured ? "\x1b[" + std::string(colour) + 'm' : "";
    text += title;
    if (coloured) text += "\x1b[0m";
    put_line(stderr, text + ' ' + printable(line));
}

exit_status status_of(const wxmp::error& e) {
    if (e.code() == usage_code) return exit_status::usage;
    if (!e.request_member().empty()) return exit_status::local;
    if (e == errc::outcome_unknown) return exit_status::unknown;
    if (e == errc::cancelled) return exit_status::interrupted;
    if (e.api_code() != 0 || e == errc::not_passed || e == errc::already_submitted)
        return exit_status::refused;
    for (const auto c : {errc::connect_failed, errc::connection_lost, errc::stale_connection, errc::timeout,
                         errc::http_status, errc::bad_json, errc::too_deep, errc::too_large,
                         errc::missing_member, errc::wrong_type, errc::out_of_range, errc::no_progress})
        if (e == c) return exit_status::network;
    return exit_status::local;
}

// Empty where the message says it all.
std::string hint(const wxmp::error& e) {
    if (const auto* known = wxmp::find_known_error(e.api_code()); known && e.api_code() != 0)
        return advice(*known);
    if (!e.request_member().empty()) return "Nothing was sent: the service would refuse it.";
    if (e == errc::outcome_unknown) return "It may have been carried out: look before you repeat it.";
    if (e == errc::connect_failed)
        return "Look at the address of the service (WXMP_SERVER, --server), the network and https_proxy.";
    if (e == condition::retryable) return "This call is safe to repeat: try again.";
    if (status_of(e) == exit_status::network)
        return "The answer is not one of the service: something on the way may have made it.";
    if (e == errc::invalid_utf8) return "Nothing was sent: the service takes UTF-8 only.";
    return {};
}

}  // namespace

wxmp::error wrong_usage(std::string what) { return wxmp::error(usage_code, std::move(what)); }

wxmp::error local_fault(std::string what) { return wxmp::error(local_code, std::move(what)); }

wxmp::error about(const std::string& what, const wxmp::error& e) {
    return wxmp::error(e.code(), e.detail().empty() ? what : what + ": " + e.detail())
        .with_request_member(e.request_member());
}

wxmp::error about_file(const std::string& file, const wxmp::error& e) {
    return e == errc::source_failed || e == errc::source_changed ? about(file, e) : e;
}

std::string advice(const wxmp::known_error& e) {
    std::string text(e.advice);
    switch (e.code) {
    case 40001:
    case 40125: return text + " It is in WXMP_SECRET, or in the configuration file.";
    case 40013: return text + " It is in WXMP_APPID, --appid, or the configuration file.";
    case 45009: return text + " `wxmp quota PATH` tells what is left; --clear sets it back.";
    default: return text;
    }
}

exit_status report(const wxmp::error& e) {
    std::fflush(stdout);
    const auto status = status_of(e);
    put_titled("31", "wxmp:", e.code() == usage_code || e.code() == local_code ? e.detail() : e.message());
    if (const auto next = hint(e); !next.empty()) put_line(stderr, "      " + next);
    if (e.api_code() != 0) put_line(stderr, "      More: wxmp explain " + std::to_string(e.api_code()));
    return status;
}

void say(std::string_view line) { put_line(stderr, printable(line)); }

void warn(std::string_view line) { put_titled("33", "wxmp: warning:", line); }

void print(std::string_view line) { put_line(stdout, line); }

bool draws_bars() { return isatty(STDERR_FILENO) == 1; }

std::string printable(std::string_view text) {
    std::string out(text);
    for (std::size_t i = 0; i != out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        const bool is_c1 =
            byte == 0xc2 && i + 1 != out.size() && static_cast<unsigned char>(out[i + 1]) < 0xa0;
        if (byte < 0x20 || byte == 0x7f) out[i] = ' ';
        if (is_c1) out[i] = out[i + 1] = ' ';
    }
    return out;
}

std::string local_time(std::chrono::sys_seconds t) {
    const auto when = std::chrono::system_clock::to_time_t(t);
    std::tm parts{};
    localtime_r(&when, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts)};
}

std::string local_time(const std::optional<std::chrono::sys_seconds>& t) { return t ? local_time(*t) : "-"; }

}  // namespace tool
