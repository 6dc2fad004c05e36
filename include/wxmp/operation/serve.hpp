// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_SERVE_HPP
#define WXMP_OPERATION_SERVE_HPP

#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/filename.hpp>
#include <wxmp/codec/multipart_reader.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/operation/operation.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp {

namespace detail {

inline bool matches(const endpoint& at, const parsed_target& target) {
    if (target.path != at.path) return false;
    const auto* action = target.find("action");
    return (action ? std::string_view(*action) : std::string_view()) == at.action_name;
}

// Decodes an operation from a request.
class request_reader {
public:
    request_reader(operation_type type, void* op, const http::request& r) noexcept
        : type_(type), op_(op), request_(r) {}

    std::optional<error> run() {
        auto target = parse_target(request_.target.reveal());
        if (!target) return target.error();
        if (request_.verb != type_.at.verb || !matches(type_.at, *target))
            return error(errc::unknown_call, request_.safe_target);
        if (read_query(*target)) read_body();
        return std::move(fault_);
    }

private:
    bool read_query(const parsed_target& target) {
        for (const auto& m : type_.table)
            if (type_.at.in_query(m.name) && m.has_json() && !read_text(m, target.find(m.name))) return false;
        return true;
    }

    bool read_text(const member& m, const std::string* text) {
        const json::value v = text ? json::value(*text) : json::value();
        return member_from_value(m, op_, text ? &v : nullptr, json_path(json_path(fault_), m.name));
    }

    bool read_body() {
        switch (type_.at.body) {
        case payload::none: return true;
        case payload::json: return read_json();
        case payload::form: return read_form_parts();
        case payload::octets: return read_octets();
        }
        return true;
    }

    bool refuse(error e) {
        fault_ = std::move(e);
        return false;
    }

    bool read_json() {
        const auto text = request_.body.text();
        json_reader body(text);
        return read_document(body, json_path(fault_), [this](json_reader& in, const json_path& at) {
            const detail::special_members special{type_.at.query_members};
            return read_members(op_, in, type_.table, at, &special);
        });
    }

    bool read_octets() {
        for (const auto& m : type_.table)
            if (m.kind == member_kind::octets) *static_cast<http::body*>(m.at(op_)) = request_.body;
        return true;
    }

    bool read_form_parts() {
        const auto text = request_.body.text();
        const auto parts = read_form(http::find_header(request_.headers, "Content-Type"), text);
        if (!parts) return refuse(parts.error());
        for (const auto& m : type_.table)
            if (!type_.at.in_query(m.name) && !read_part(m, *parts)) return false;
        return true;
    }

    bool read_part(const member& m, const std::vector<form_part>& parts) {
        const form_part* part = nullptr;
        for (const auto& p : parts)
            if (p.name == m.name) part = &p;
        if (m.kind == member_kind::file) return read_file(m, part);
        if (!m.has_json()) return true;
        if (!part) return member_from_value(m, op_, nullptr, json_path(json_path(fault_), m.name));
        // A part is text, even if it looks like JSON, unless the member is an object or an array.
        std::optional<error> not_text;
        if (m.from_value(m.at(op_), json::value(part->data), json_path(json_path(not_text), m.name)))
            return true;
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

    bool read_file(const member& m, const form_part* part) {
        if (!part || !part->filename) return json_path(json_path(fault_), m.name).fail(errc::missing_member);
        *static_cast<http::file*>(m.at(op_)) = {*part->filename, http::body(std::string(part->data)),
                                                std::string(part->content_type)};
        return true;
    }

    operation_type type_;
    void* op_;
    const http::request& request_;
    std::optional<error> fault_;
};

inline http::response json_response(std::string text) {
    return {200, {{"Content-Type", "application/json; encoding=utf-8"}}, std::move(text)};
}

// A successful response to the call at `at`; it may begin with a return code.
inline result<http::response> members_response(const void* answer, member_table table, const endpoint& at) {
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
    Op op{};
    constexpr auto able = detail::able::to_read | detail::able::to_take_values;
    if (auto fault = detail::request_reader(detail::type_of<Op, able>, &op, r).run())
        return *std::move(fault);
    return op;
}

/// Encodes the response to an `Op` as an HTTP response. Errors as @ref to_value, and
/// `errc::forbidden_character` for a file's name or type.
template <operation Op> result<http::response> write_response(const typename Op::response& answer) {
    if constexpr (detail::may_be_file<typename Op::response>)
        if (const auto& file = detail::file_member(answer)) return detail::file_response(*file);
    if constexpr (alternatives<typename Op::response>) {
        static_assert(Op::at.success_member.empty(), "which of the answers would begin with it?");
        auto text = encode(answer);
        if (!text) return text.error();
        return detail::json_response(*std::move(text));
    } else
        return detail::members_response(
            &answer, detail::members<typename Op::response, detail::able::to_write>, Op::at);
}

/// The HTTP response for an error: status 200, the code in `member`, and `errmsg`.
inline http::response write_error(int code, std::string_view errmsg, std::string_view member = "errcode") {
    return detail::json_response(write_json(json::object{{member, code}, {"errmsg", errmsg}}));
}

}  // namespace wxmp

#endif
