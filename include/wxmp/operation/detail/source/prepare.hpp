// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_DETAIL_SOURCE_PREPARE_HPP
#define WXMP_OPERATION_DETAIL_SOURCE_PREPARE_HPP

#include <wxmp/codec/multipart_writer.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/data/percent_encoding.hpp>
#include <wxmp/detail/joined.hpp>
#include <wxmp/operation/detail/operation_functions.hpp>
#include <wxmp/operation/options.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

inline std::uint64_t random_bits() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

inline options default_options() { return {}; }

// The name of a request in an error, such as `draft/update`.
[[gnu::cold]] inline std::string name_of(const endpoint& at) {
    constexpr std::string_view root = "/cgi-bin/";
    const auto name = at.path.substr(at.path.starts_with(root) ? root.size() : 1);
    return joined({name, at.action_name.empty() ? "" : "?action=", at.action_name});
}

// The error of a request that is not sent, in one shape: `REQUEST: MEMBER is wrong; it must be right`.
[[gnu::cold]] inline error refused_request(error_code code, std::string_view request,
                                           std::string_view pointer, std::string_view problem) {
    return error(code, joined({request, ": ", pointer.substr(1), " ", problem})).with_request_member(pointer);
}
inline error refused_member(const std::string& request, const violation& v) {
    const auto code = v.is_missing ? errc::missing_member : errc::limit_exceeded;
    return refused_request(make_error_code(code), request, v.member, v.problem);
}

inline std::optional<error> find_violation(const endpoint& at, const checker& check) {
    if (!check.found()) return std::nullopt;
    return refused_member(name_of(at), *check.found());
}

// A member as the text of a query value or form part: a string as is, anything else as JSON.
inline std::optional<std::string> plain_text(const member_writer& m, const void* value, const json_path& at) {
    std::string text;
    const auto write = [&](json_writer& out, const json_path& here) { return m.write(out, value, here); };
    if (!append_text(text, at, write)) return std::nullopt;
    json_reader in(text);
    if (in.next() != json_kind::text) return text;
    std::string plain;
    in.text(plain);
    return plain;
}

inline void append_query(http::request& r, std::string_view name, std::string_view value, bool is_secret) {
    const auto mark = r.safe_target.find('?') == std::string::npos ? "?" : "&";
    const auto encoded = percent_encode(value);
    auto safe = joined({r.safe_target, mark, name, "=", is_secret ? std::string_view("***") : encoded});
    r.target = secret(joined({r.target.reveal(), mark, name, "=", encoded}));
    r.safe_target = std::move(safe);
}

inline bool is_unreserved(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), detail::is_unreserved);
}

// A name or an address, and a port or none: anything else may lead the request, and its secrets, elsewhere.
inline bool is_host_and_port(std::string_view text) noexcept {
    const bool is_ipv6 = text.starts_with('[');
    const auto host = text.substr(0, is_ipv6 ? text.find(']') + 1 : text.find(':'));
    const auto port = text.substr(host.size());
    if (!port.empty() && (port.size() == 1 || port.find_first_not_of("0123456789", 1) != port.npos))
        return false;
    if (!is_ipv6) return is_unreserved(host);
    return host.size() > 2 && host.find_first_not_of("[]:.0123456789abcdefABCDEF") == host.npos;
}

// Builds one request from an operation and its type.
class request_builder {
public:
    request_builder(const endpoint& at, const writer_table& table, void* op, const options& o,
                    http::request& out) noexcept
        : at_(at), table_(table), op_(op), options_(o), out_(out) {}

    std::optional<error> run() {
        if (!is_host_and_port(options_.host)) return error(errc::forbidden_character, "options::host");
        if (!is_unreserved(options_.scheme)) return error(errc::forbidden_character, "options::scheme");
        start();
        note_secrets();
        add_query();
        if (!fault_) add_body();
        if (fault_) return refusal(*fault_);
        return std::nullopt;
    }

private:
    // The codec's error, with the request and what to do.
    [[gnu::cold]] error refusal(const error& e) const {
        const auto name = name_of(at_);
        const std::string_view where = e.detail();
        if (!where.starts_with('/'))
            return error(e.code(), joined({name, ": ", where})).with_request_member(e.request_member());
        if (e == errc::invalid_utf8)
            return refused_request(e.code(), name, where, "is not UTF-8; it must be");
        return refused_request(e.code(), name, where,
                               "has a value that cannot be sent; it must be one that the service knows");
    }

    void start() {
        out_.verb = at_.verb;
        out_.scheme = options_.scheme;
        out_.host = options_.host;
        out_.target = secret(std::string(at_.path));
        out_.safe_target = at_.path;
        out_.needs_token = at_.needs_token;
        out_.idempotent = at_.is_idempotent;
        out_.timeout = options_.timeout;
        if (!at_.action_name.empty()) append_query(out_, "action", at_.action_name, false);
    }

    void note_secrets() {
        for (const auto& m : table_)
            if (m.kind == member_kind::secret_value)
                out_.secrets.push_back(*static_cast<const secret*>(m.at(op_)));
    }

    void add_query() {
        for (const auto& m : table_) {
            const auto* value = m.at(op_);
            if (!at_.in_query(m.name) || !m.has_json() || !m.is_set(value)) continue;
            const auto text = plain_text(m, value, json_path(json_path(fault_), m.name));
            if (!text) return;
            append_query(out_, m.name, *text, m.kind == member_kind::secret_value);
        }
    }

    void add_body() {
        switch (at_.body) {
        case payload::none: return;
        case payload::json: return add_json();
        case payload::form: return add_form();
        case payload::octets: return add_octets();
        }
    }

    void set_content_type(std::string value) { out_.headers.push_back({"Content-Type", std::move(value)}); }

    void add_json() {
        std::string text;
        const auto write = [this](json_writer& out, const json_path& at) {
            return write_members(out, op_, table_, at, at_.query_members);
        };
        if (!append_text(text, json_path(fault_), write)) return;
        set_content_type("application/json; charset=utf-8");
        out_.body = http::body(std::move(text));
    }

    void add_octets() {
        set_content_type("application/octet-stream");
        for (const auto& m : table_)
            if (m.kind == member_kind::octets) out_.body = std::move(*static_cast<http::body*>(m.at(op_)));
    }

    void add_form() {
        form_data form;
        for (const auto& m : table_)
            if (!at_.in_query(m.name) && !add_part(form, m)) return;
        auto encoded = form.encode(options_.random);
        if (!encoded) return void(fault_ = encoded.error());
        set_content_type(std::move(encoded->content_type));
        out_.body = std::move(encoded->body);
    }

    bool add_part(form_data& form, const member_writer& m) {
        auto* value = m.at(op_);
        if (m.kind == member_kind::file)
            return form.add_file(std::string(m.name), std::move(*static_cast<http::file*>(value))), true;
        if (!m.has_json() || !m.is_set(value)) return true;
        auto text = plain_text(m, value, json_path(json_path(fault_), m.name));
        if (!text) return false;
        form.add_text(std::string(m.name), *std::move(text));
        return true;
    }

    const endpoint& at_;
    const writer_table& table_;
    void* op_;  // moved from if that saves a copy
    const options& options_;
    http::request& out_;
    std::optional<error> fault_;
};

inline std::optional<error> prepare(const request_type& type, void* op, const options& o,
                                    http::request& out) {
    if (type.check) {
        checker check(o.limits);
        type.check(op, check);
        if (auto refused = find_violation(type.at, check)) return refused;
    }
    if (auto fault = request_builder(type.at, type.table, op, o, out).run()) return fault;
    out.max_response = type.may_bring_file ? o.max_file : o.max_response;
    return std::nullopt;
}

inline void authorize(http::request& r, const secret& access_token) {
    if (!r.needs_token) return;
    r.secrets.push_back(access_token);
    append_query(r, "access_token", access_token.reveal(), true);
    r.needs_token = false;
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
