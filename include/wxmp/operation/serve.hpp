// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_SERVE_HPP
#define WXMP_OPERATION_SERVE_HPP

#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/filename.hpp>
#include <wxmp/codec/multipart_reader.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/operation/operation.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

namespace detail {

inline bool matches(const endpoint& at, const parsed_target& target) {
    if (target.path != at.path) return false;
    const auto* action = target.find("action");
    return (action ? std::string_view(*action) : std::string_view()) == at.action_name;
}

// Reads a member from plain text: what a JSON string with that text would be.
inline bool read_plain(const member_reader& m, void* object, std::string_view text, const json_path& at) {
    std::string json;
    const auto write = [text](json_writer& out, const json_path& here) { return out.text(text, here); };
    if (!append_text(json, at, write)) return false;
    json_reader in(json);
    return m.read(m.at(object), in, at);
}

// Decodes an operation from a request.
class request_reader {
public:
    request_reader(const endpoint& at, const reader_table& table, void* op, const http::request& r) noexcept
        : at_(at), table_(table), op_(op), request_(r) {}

    std::optional<error> run() {
        auto target = parse_target(request_.target.reveal());
        if (!target) return target.error();
        if (request_.verb != at_.verb || !matches(at_, *target))
            return error(errc::unknown_call, request_.safe_target);
        if (read_query(*target)) read_body();
        return std::move(fault_);
    }

private:
    bool read_query(const parsed_target& target) {
        for (const auto& m : table_)
            if (at_.in_query(m.name) && m.has_json() && !read_text(m, target.find(m.name))) return false;
        return true;
    }

    bool read_text(const member_reader& m, const std::string* text) {
        const json_path root(fault_);
        const json_path at(root, m.name);
        if (text) return read_plain(m, op_, *text, at);
        return !m.required || at.fail(errc::missing_member);
    }

    void read_body() {
        switch (at_.body) {
        case payload::none: return;
        case payload::json: return read_json();
        case payload::form: return read_form_parts();
        case payload::octets: return read_octets();
        }
    }

    void read_json() {
        const auto text = request_.body.text();
        json_reader body(text);
        read_document(body, json_path(fault_), [this](json_reader& in, const json_path& at) {
            const detail::special_members special{at_.query_members};
            return read_members(op_, in, table_, at, &special);
        });
    }

    void read_octets() {
        for (const auto& m : table_)
            if (m.kind == member_kind::octets) *static_cast<http::body*>(m.at(op_)) = request_.body;
    }

    void read_form_parts() {
        const auto text = request_.body.text();
        const auto parts = read_form(http::find_header(request_.headers, "Content-Type"), text);
        if (!parts) return void(fault_ = parts.error());
        for (const auto& m : table_)
            if (!at_.in_query(m.name) && !read_part(m, *parts)) return;
    }

    bool read_part(const member_reader& m, const std::vector<form_part>& parts) {
        const form_part* part = nullptr;
        for (const auto& p : parts)
            if (p.name == m.name) part = &p;
        if (m.kind == member_kind::file) return read_file(m, part);
        if (!m.has_json()) return true;
        if (!part) return read_text(m, nullptr);
        // A part is text, even if it looks like JSON, unless the member is an object or an array.
        std::optional<error> not_text;
        if (read_plain(m, op_, part->data, json_path(json_path(not_text), m.name))) return true;
        json_reader json(part->data);
        const auto kind = json.next();
        const bool is_structured = kind == json_kind::object || kind == json_kind::array;
        m.clear(m.at(op_));
        const json_path root(fault_);
        if (is_structured &&
            read_document(json, json_path(root, m.name),
                          [&](json_reader& in, const json_path& at) { return m.read(m.at(op_), in, at); }))
            return true;
        if (!is_structured || json.is_broken()) fault_ = std::move(not_text);
        return false;
    }

    bool read_file(const member_reader& m, const form_part* part) {
        if (!part || !part->filename) return json_path(json_path(fault_), m.name).fail(errc::missing_member);
        *static_cast<http::file*>(m.at(op_)) = {*part->filename, http::body(std::string(part->data)),
                                                std::string(part->content_type)};
        return true;
    }

    const endpoint& at_;
    const reader_table& table_;
    void* op_;
    const http::request& request_;
    std::optional<error> fault_;
};

// What is wrong with the request, unless it is decoded to `op`.
template <operation Op> std::optional<error> read_request_to(Op& op, const http::request& r) {
    return request_reader(Op::at, readers<Op>, &op, r).run();
}

inline http::response json_response(std::string text) {
    return {200, {{"Content-Type", "application/json; encoding=utf-8"}}, std::move(text)};
}

// A successful response to the call at `at`; it may begin with a return code.
inline result<http::response> members_response(const void* answer, const writer_table& table,
                                               const endpoint& at) {
    const leading_member success[] = {{at.success_member, "0"}, {"errmsg", "\"ok\""}};
    const std::size_t count = at.success_member.empty() ? 0 : at.success_member == "errcode" ? 2 : 1;
    std::optional<error> fault;
    std::string text;
    append_text(text, json_path(fault), [&](json_writer& out, const json_path& here) {
        return write_members(out, answer, table, here, {}, leading_members(success, count));
    });
    if (fault) return *std::move(fault);
    return json_response(std::move(text));
}

inline result<http::response> file_response(const http::download& file) {
    if (has_control(file.filename)) return error(errc::forbidden_character, "filename");
    if (has_control(file.content_type)) return error(errc::forbidden_character, "content_type");
    std::string type = file.content_type;
    if (type.empty()) type = content_type_for(file.filename);
    std::string disposition = "attachment";
    if (const auto name = without_folders(file.filename); !name.empty())
        disposition += "; filename=\"" + replace_all(name, "\"", "%22") + '"';
    std::vector<http::header> headers{{"Content-Type", std::move(type)},
                                      {"Content-Disposition", std::move(disposition)}};
    return http::response{200, std::move(headers), file.bytes};
}

}  // namespace detail

/** Decodes an `Op` from a request: for servers, simulators and tests.

    @return The operation; or `errc::unknown_call` if method, path or action belong to another call, or what
    is wrong with the request, with the JSON pointer of the member.
*/
template <operation Op> result<Op> read_request(const http::request& r) {
    result<Op> op(boost::system::in_place_value, detail::blank::make<Op>());
    if (auto fault = detail::read_request_to(*op, r)) op = *std::move(fault);
    return op;
}

/// Encodes the response to an `Op` as an HTTP response. Errors as @ref encode_to, and
/// `errc::forbidden_character` for a file's name or type.
template <operation Op> result<http::response> write_response(const typename Op::response& answer) {
    if constexpr (detail::may_be_file<typename Op::response>)
        if (const auto& file = detail::file_member(answer)) return detail::file_response(*file);
    if constexpr (alternatives<typename Op::response>) {
        static_assert(Op::at.success_member.empty(), "which of the answers would begin with it?");
        auto text = encode(answer);
        if (!text) return text.error();
        return detail::json_response(*std::move(text));
    } else return detail::members_response(&answer, detail::writers<typename Op::response>, Op::at);
}

/// The HTTP response for an error: status 200, the code in `member`, and `errmsg`.
inline http::response write_error(int code, std::string_view errmsg, std::string_view member = "errcode") {
    const auto quoted = [](std::string_view text) { return *encode(to_valid_utf8(text)); };
    return detail::json_response('{' + quoted(member) + ':' + std::to_string(code) +
                                 ",\"errmsg\":" + quoted(errmsg) + '}');
}

}  // namespace wxmp::inline v0_1

#endif
