// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_REQUEST_CHECKS_HPP
#define WXMP_TESTING_PLATFORM_REQUEST_CHECKS_HPP

#include <wxmp/codec/json_reader.hpp>
#include <wxmp/codec/multipart_reader.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/testing/platform/rules.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::testing {

/// The name of a call in the counters and faults of a platform: its path, with `?action=` if it has one.
inline std::string call_name(const endpoint& at) {
    return std::string(at.path) + (at.action_name.empty() ? "" : "?action=") + std::string(at.action_name);
}

namespace detail {

// The same for a request; empty if its target is malformed.
inline std::string call_name(const http::request& r) {
    const auto target = parse_target(r.target.reveal());
    if (!target) return {};
    const auto* action = target->find("action");
    return target->path + (action ? "?action=" + *action : "");
}

// Whether JSON text has a \uXXXX for a character that needs no escape.
inline bool escapes_text(std::string_view json) {
    for (std::size_t i = 0; (i = json.find('\\', i)) != json.npos; i += 2) {
        const auto escape = json.substr(i, 6);
        if (escape.size() < 6 || escape[1] != 'u') continue;
        const bool is_control = escape.substr(2, 3) == "000" || escape.substr(2, 3) == "001" ||
                                escape.substr(2) == "007f" || escape.substr(2) == "007F";
        if (!is_control) return true;
    }
    return false;
}

inline int fault_of_json(std::string_view text) {
    if (text.empty()) return 44002;
    if (!is_utf8(text)) return 44001;  // "empty media data", according to the service's FAQ
    json_reader in(text, default_max_depth, true);
    in.skip();
    if (!in.ends()) return 47001;
    return escapes_text(text) ? 40033 : 0;
}

// Checks a body before its members are decoded: a return code, or 0.
inline int fault_of_body(const endpoint& at, const http::request& r) {
    switch (at.body) {
    case payload::none: return 0;
    case payload::json: return fault_of_json(r.body.text());
    case payload::form: return boundary_of(http::find_header(r.headers, "Content-Type")) ? 0 : 41005;
    case payload::octets: return r.body.size() == 0 ? 44001 : 0;
    }
    return 0;
}

struct member_code {
    std::string_view member;
    int missing;
    int wrong;
};

// Members with their own return codes for being missing or malformed.
inline constexpr member_code member_codes[] = {
    {"action", 40035, 40035},   {"appid", 41002, 40013},      {"appsecret", 41004, 40125},
    {"articles", 44003, 47001}, {"cgi_path", 76021, 76021},   {"count", 45076, 45076},
    {"filesha", 41011, 40097},  {"grant_type", 40002, 40002}, {"media", 41005, 41005},
    {"media_id", 41006, 47001}, {"msgtype", 40008, 40008},    {"part_num", 41011, 40097},
    {"part_sha", 41011, 40097}, {"rid", 76002, 76002},        {"secret", 41004, 40125},
    {"type", 40004, 40004},
};

inline int code_of_member(std::string_view pointer, bool missing, std::string_view path) noexcept {
    const auto name = pointer.substr(pointer.rfind('/') + 1);
    const bool of_comments = path.starts_with("/cgi-bin/comment/");
    if (of_comments && name == "count") return 88010;
    if (of_comments && name == "type") return 40035;
    for (const auto& m : member_codes)
        if (m.member == name) return missing ? m.missing : m.wrong;
    return missing ? 41011 : 47001;
}

// Translates an error of reading or executing a request to this path into the service's own.
inline error as_api_error(const error& e, std::string_view path) {
    if (e.api_code() != 0) return e;
    if (e == errc::missing_member) return refuse(code_of_member(e.detail(), true, path), e.detail());
    if (e == errc::wrong_type || e == errc::out_of_range)
        return refuse(code_of_member(e.detail(), false, path), e.detail());
    if (e == errc::bad_json || e == errc::too_deep) return refuse(47001);
    if (e == errc::bad_multipart) return refuse(44001);
    if (e == errc::too_large) return refuse(45001);
    if (e == errc::bad_query) return refuse(40035);
    if (e == errc::unknown_call) return refuse(40066);
    return refuse(-1);
}

}  // namespace detail

}  // namespace wxmp::inline v0_1::testing

#endif
