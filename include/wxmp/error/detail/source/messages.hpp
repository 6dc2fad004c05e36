// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_DETAIL_SOURCE_MESSAGES_HPP
#define WXMP_ERROR_DETAIL_SOURCE_MESSAGES_HPP

#include <wxmp/error/condition.hpp>
#include <wxmp/error/detail/source/messages_zh.hpp>
#include <wxmp/error/error.hpp>

#include <string>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

constexpr const char* describe(errc e) noexcept {
    switch (e) {
    case errc::bad_json: return "not JSON";
    case errc::too_deep: return "JSON is nested too deeply";
    case errc::too_large: return "response is too large";
    case errc::missing_member: return "required member is missing";
    case errc::wrong_type: return "member has the wrong type";
    case errc::out_of_range: return "number is out of range";
    case errc::invalid_utf8: return "text is not UTF-8";
    case errc::forbidden_character: return "forbidden character";
    case errc::limit_exceeded: return "outside the limits of the service";
    case errc::bad_multipart: return "malformed multipart body";
    case errc::bad_query: return "malformed query";
    case errc::unknown_call: return "unknown call";
    case errc::http_status: return "unexpected HTTP status";
    case errc::connect_failed: return "cannot connect";
    case errc::connection_lost: return "connection lost";
    case errc::timeout: return "timed out";
    case errc::cancelled: return "cancelled";
    case errc::source_failed: return "source failed";
    case errc::source_changed: return "source changed";
    case errc::already_submitted: return "already submitted";
    case errc::not_passed: return "not passed";
    case errc::outcome_unknown: return "outcome unknown";
    case errc::unexpected_event: return "event not taken in this state";
    case errc::no_timer: return "transport has no timer";
    case errc::bad_record: return "foreign or damaged record";
    case errc::store_failed: return "token store failed";
    case errc::stale_connection: return "kept connection was closed";
    case errc::deadline_exceeded: return "deadline exceeded";
    case errc::exception_thrown: return "exception thrown";
    case errc::no_progress: return "no progress";
    }
    return "unknown wxmp error";
}

inline std::string errc_message(int v) { return describe(static_cast<errc>(v)); }

[[gnu::cold]] inline std::string api_message(int v) {
    const auto* known = wxmp::find_known_error(v);
    return known ? std::string(known->meaning) : "return code " + std::to_string(v);
}

[[gnu::cold]] inline std::string condition_message(int v) {
    constexpr const char* texts[] = {"token rejected",    "retryable", "rate limited",   "quota exhausted",
                                     "permission denied", "not found", "outcome unknown"};
    return v >= 1 && v <= 7 ? texts[v - 1] : "unknown wxmp condition";
}

[[gnu::cold]] inline std::string line_of(const error& e, std::string line) {
    if (!e.detail().empty()) (line += ": ") += e.detail();
    if (e.api_code() != 0) line += " (" + std::to_string(e.api_code()) + ')';
    if (e == errc::http_status) line += ' ' + std::to_string(e.http_status());
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return line;
}

inline std::string error_line(const error& e) { return line_of(e, e.code().message()); }

[[gnu::cold]] inline std::string error_line_zh(const error& e) {
    if (e.code().category() == errc_category())
        return line_of(e, describe_zh(static_cast<errc>(e.code().value())));
    if (e.code().category() != api_category()) return error_line(e);
    const auto* known = wxmp::find_known_error(e.code().value());
    return line_of(e, known ? std::string(known->meaning_zh) : "返回码 " + std::to_string(e.code().value()));
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
