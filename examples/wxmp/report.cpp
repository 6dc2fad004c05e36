// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include <wxmp/codec/utf8.hpp>

#include "language.hpp"
#include <algorithm>
#include <arpa/inet.h>
#include <cstddef>
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

// A fault, after the tool's name, which is red on a terminal.
void put_fault(std::string_view line) {
    const std::string name = has_colours(STDERR_FILENO) ? "\x1b[31mwxmp:\x1b[0m " : "wxmp: ";
    put_line(stderr, name + printable(line));
}

// The size of a character at the front that a terminal would obey, or that hides what it shows; 0: it is none.
// Of ISO 6429, C0, DEL and C1; of Unicode, what ends lines, and what turns the direction of text.
std::size_t unfit_for_terminals(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x20 || first == 0x7f) return 1;
    const auto is_within = [text](std::string_view from, std::string_view to) {
        const auto front = text.substr(0, from.size());
        return from <= front && front <= to;
    };
    if (is_within("\u0080", "\u009f") || is_within("\u061c", "\u061c")) return 2;
    const bool turns =
        is_within("\u200e", "\u200f") || is_within("\u2028", "\u202e") || is_within("\u2066", "\u2069");
    return turns ? 3 : 0;
}

template <class Replace> std::string fit_for_terminals(std::string_view text, Replace replace) {
    std::string out;
    while (!text.empty()) {
        const auto size = unfit_for_terminals(text);
        if (size != 0) out += replace(text.substr(0, size));
        else out += text.front();
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

// The escape in JSON of a character of one to three bytes.
std::string escape_in_json(std::string_view character) {
    const auto bits = [character](std::size_t i, unsigned mask) {
        return static_cast<unsigned char>(character[i]) & mask;
    };
    unsigned number = bits(0, 0x7f);
    if (character.size() == 2) number = bits(0, 0x1f) << 6 | bits(1, 0x3f);
    if (character.size() == 3) number = bits(0, 0x0f) << 12 | bits(1, 0x3f) << 6 | bits(2, 0x3f);
    char text[8];
    std::snprintf(text, sizeof text, "\\u%04x", number);
    return text;
}

// The address that the service saw and does not know, as its 40164 tells it.
std::string unlisted_address(const wxmp::error& e) {
    constexpr std::string_view before = "invalid ip ";
    const auto found = e.detail().find(before);
    if (e.api_code() != 40164 || found == std::string_view::npos) return {};
    const auto rest = e.detail().substr(found + before.size());
    const std::string address(rest.substr(0, rest.find_first_of(" ,")));
    in6_addr bytes{};
    const bool is_address =
        inet_pton(AF_INET, address.c_str(), &bytes) == 1 || inet_pton(AF_INET6, address.c_str(), &bytes) == 1;
    return is_address ? tr(" The address to add is {}.", address) : "";
}

bool is_chinese() { return language_in_use() == language::chinese; }

// The library translates its own codes, but no details, and nothing of the system.
std::string message_zh(const wxmp::error& e) {
    if (e.api_code() != 0) return e.message_zh();
    const auto detail = translated(e.detail());
    if (e.code().category() == wxmp::errc_category())
        return wxmp::error(e.code(), detail).with_http_status(e.http_status()).message_zh();
    const auto what = translated(e.code().message());
    return detail.empty() ? what : what + ": " + detail;
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

// The path of the call that was sent last.
std::string& call_under_way() {
    static std::string path;
    return path;
}

}  // namespace

std::string exit_statuses() {
    return tr("Exit status: 0 done; 1 refused by the service; 2 wrong usage; 3 no answer, or none that can "
              "be read;\n"
              "4 a fault here: a file, the configuration, a value that the service would refuse; 5 outcome "
              "unknown:\n"
              "sent, but the answer was lost, so look before you repeat it; 130 interrupted by Ctrl-C or "
              "SIGTERM.\n");
}

wxmp::error wrong_usage(std::string what) { return wxmp::error(usage_code, std::move(what)); }

wxmp::error local_fault(std::string what) { return wxmp::error(local_code, std::move(what)); }

wxmp::error about(const std::string& what, const wxmp::error& e) {
    return wxmp::error(e.code(), e.detail().empty() ? what : what + ": " + e.detail())
        .with_request_member(e.request_member());
}

wxmp::error file_fault(const wxmp::error& e) {
    return e == errc::source_failed ? local_fault(translated(e.detail())) : e;
}

wxmp::error about_file(const std::string& file, const wxmp::error& e) {
    return e == errc::source_failed || e == errc::source_changed ? about(file, e) : e;
}

std::string advice(const wxmp::known_error& e) {
    const auto text = is_chinese() ? e.advice_zh : e.advice;
    switch (e.code) {
    case 40001:
    case 40125: return tr("{} It is in WXMP_SECRET, or in the configuration file.", text);
    case 40013: return tr("{} It is in WXMP_APPID, --appid, or the configuration file.", text);
    case 45009: return tr("{} `wxmp quota PATH` tells what is left; --clear sets it back.", text);
    default: return std::string(text);
    }
}

std::string message_of(const wxmp::error& e) {
    if (e.code() == usage_code || e.code() == local_code) return e.detail();
    return is_chinese() ? message_zh(e) : e.message();
}

std::string to_do_of(const wxmp::error& e) {
    if (const auto* known = wxmp::find_known_error(e.api_code()); known && e.api_code() != 0)
        return advice(*known) + unlisted_address(e);
    if (!e.request_member().empty()) return tr("Nothing was sent: the service would refuse it.");
    if (e == errc::outcome_unknown) return tr("It may have been carried out: look before you repeat it.");
    if (e == errc::connect_failed)
        return tr("Look at the address of the service (WXMP_SERVER, --server), the network and https_proxy.");
    if (e == condition::retryable) return tr("This call is safe to repeat: try again.");
    if (status_of(e) == exit_status::network)
        return tr("The answer is not one of the service: something on the way may have made it.");
    if (e == errc::invalid_utf8) return tr("Nothing was sent: the service takes UTF-8 only.");
    return {};
}

void note_call(std::string path) { call_under_way() = std::move(path); }

exit_status report(const wxmp::error& e) {
    std::fflush(stdout);
    const auto status = status_of(e);
    const bool is_of_a_call =
        status == exit_status::refused || status == exit_status::network || status == exit_status::unknown;
    put_fault(message_of(e));
    if (const auto next = to_do_of(e); !next.empty()) put_line(stderr, "      " + next);
    if (is_of_a_call && !call_under_way().empty())
        put_line(stderr, "      " + tr("Call: {}", call_under_way()));
    if (e.api_code() != 0) put_line(stderr, "      " + tr("More: wxmp explain {}", e.api_code()));
    return status;
}

void say(std::string_view line) { put_line(stderr, printable(line)); }

void print(std::string_view line) { put_line(stdout, line); }

bool draws_bars() { return isatty(STDERR_FILENO) == 1; }

std::string printable(std::string_view text) {
    std::string ascii;
    if (!wxmp::is_utf8(text)) {
        ascii = text;
        std::replace_if(
            ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
        text = ascii;
    }
    return fit_for_terminals(text, [](std::string_view) { return ' '; });
}

std::string printable_json(std::string_view text) { return fit_for_terminals(text, escape_in_json); }

std::string local_time(std::chrono::sys_seconds t) {
    const auto when = std::chrono::system_clock::to_time_t(t);
    std::tm parts{};
    localtime_r(&when, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts)};
}

std::string local_time(const std::optional<std::chrono::sys_seconds>& t) { return t ? local_time(*t) : "-"; }

}  // namespace tool
