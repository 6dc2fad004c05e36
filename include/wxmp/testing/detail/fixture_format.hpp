// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_DETAIL_FIXTURE_FORMAT_HPP
#define WXMP_TESTING_DETAIL_FIXTURE_FORMAT_HPP

#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/testing/failures.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/stream_parser.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

// Whether a golden file is one: what else is wrong with it is for golden.hpp.
namespace wxmp::inline v0_1::testing::detail {

using member_list = std::initializer_list<std::string_view>;

inline std::string listed(member_list all) {
    std::string text;
    for (const auto name : all) (text += text.empty() ? "" : ", ") += name;
    return text;
}

inline std::string_view kind_of(const json::value& v) {
    switch (v.kind()) {
    case json::kind::object: return "an object";
    case json::kind::array: return "an array";
    case json::kind::string: return "a string";
    case json::kind::bool_: return "a boolean";
    case json::kind::null: return "null";
    default: return "a number";
    }
}

// Notes what is wrong with the format of a fixture. A member is named by its path, as `request.line`.
class fixture_format {
public:
    explicit fixture_format(failures& out) noexcept : out_(out) {}

    // The fixture of a call that sends this payload.
    void check(const json::value& fixture, payload sent) {
        const auto* all = fixture.if_object();
        if (!all) return fail("the fixture", is_not("an object", fixture));
        check_names(*all, "", {"request", "response", "responses"});
        if (const auto* request = find_object(*all, "", "request")) check_request(*request, sent);
        check_responses(*all);
    }

private:
    void check_request(const json::object& request, payload sent) {
        check_names(request, "request", {"line", "body", "form", "octets"});
        if (const auto* line = find(request, "request", "line")) check_line(*line);
        check_payload(request, sent);
    }

    void check_line(const json::value& line) {
        if (!line.is_string()) return fail("request.line", is_not("a string", line));
        const std::string_view text = line.get_string();
        const auto space = text.find(' ');
        const auto method = text.substr(0, space);
        const auto target = text.substr(std::min(method.size() + 1, text.size()));
        const bool is_fine = (method == "GET" || method == "POST") && target.starts_with('/') &&
                             target.find_first_of(" \t\r\n") == target.npos && parse_target(target);
        if (!is_fine) fail("request.line", "is not a method and a target, like \"POST /path?name=value\"");
    }

    // The name of the member that holds this payload; empty for none.
    static std::string_view holder_of(payload sent) {
        switch (sent) {
        case payload::none: break;
        case payload::json: return "body";
        case payload::form: return "form";
        case payload::octets: return "octets";
        }
        return {};
    }

    void check_payload(const json::object& request, payload sent) {
        const auto holder = holder_of(sent);
        for (const std::string_view name : {"body", "form", "octets"})
            if (name != holder && request.contains(name))
                fail(path_of("request", name),
                     holder.empty() ? "is not expected: the call sends no body"
                                    : "is not expected: the call sends request." + std::string(holder));
        if (sent == payload::json) find_object(request, "request", "body");
        if (sent == payload::octets) find_string(request, "request", "octets");
        if (sent == payload::form) check_form(request);
    }

    void check_form(const json::object& request) {
        const auto* form = find(request, "request", "form");
        if (!form) return;
        if (!form->is_array()) return fail("request.form", is_not("an array", *form));
        for (std::size_t i = 0; i != form->get_array().size(); ++i)
            check_part(form->get_array()[i], path_of("request.form", i));
    }

    void check_part(const json::value& v, const std::string& path) {
        const auto* part = v.if_object();
        if (!part) return fail(path, is_not("an object", v));
        check_names(*part, path, {"name", "data", "filename", "content_type"});
        find_string(*part, path, "name");
        if (!part->contains("filename")) return static_cast<void>(find(*part, path, "data"));
        for (const std::string_view name : {"data", "filename"}) find_string(*part, path, name);
        if (part->contains("content_type")) find_string(*part, path, "content_type");
    }

    void check_responses(const json::object& all) {
        if (!all.contains("responses")) {
            if (const auto* one = find_object(all, "", "response")) check_response(*one, "response");
            return;
        }
        if (all.contains("response")) return fail("response", "is not expected beside responses");
        const auto& several = all.at("responses");
        if (!several.is_array()) return fail("responses", is_not("an array", several));
        if (several.get_array().empty()) return fail("responses", "is empty");
        for (std::size_t i = 0; i != several.get_array().size(); ++i) {
            const auto& one = several.get_array()[i];
            const auto path = path_of("responses", i);
            if (const auto* response = one.if_object()) check_response(*response, path);
            else fail(path, is_not("an object", one));
        }
    }

    void check_response(const json::object& response, const std::string& path) {
        if (response.contains("bytes")) {
            check_names(response, path, {"headers", "bytes"});
            find_string(response, path, "bytes");
            if (response.contains("headers")) check_headers(response, path);
            return;
        }
        check_names(response, path, {"body", "canonical"});
        find_object(response, path, "body");
        if (response.contains("canonical")) find_object(response, path, "canonical");
    }

    void check_headers(const json::object& response, const std::string& path) {
        const auto* headers = find_object(response, path, "headers");
        if (!headers) return;
        for (const auto& [name, value] : *headers)
            if (!value.is_string()) fail(path_of(path_of(path, "headers"), name), is_not("a string", value));
    }

    // ---- Members

    const json::value* find(const json::object& o, const std::string& path, std::string_view name) {
        const auto* found = o.if_contains(name);
        if (!found) fail(path_of(path, name), "is missing");
        return found;
    }

    const json::object* find_object(const json::object& o, const std::string& path, std::string_view name) {
        const auto* found = find(o, path, name);
        if (found && !found->is_object()) fail(path_of(path, name), is_not("an object", *found));
        return found ? found->if_object() : nullptr;
    }

    void find_string(const json::object& o, const std::string& path, std::string_view name) {
        const auto* found = find(o, path, name);
        if (found && !found->is_string()) fail(path_of(path, name), is_not("a string", *found));
    }

    void check_names(const json::object& o, const std::string& path, member_list known) {
        for (const auto& [name, value] : o)
            if (std::find(known.begin(), known.end(), std::string_view(name)) == known.end())
                fail(path_of(path, name), "is not one of " + listed(known));
    }

    static std::string path_of(const std::string& path, std::string_view name) {
        return path.empty() ? std::string(name) : path + '.' + std::string(name);
    }
    static std::string path_of(const std::string& path, std::size_t index) {
        return path + '[' + std::to_string(index) + ']';
    }

    static std::string is_not(std::string_view wanted, const json::value& v) {
        return "is " + std::string(kind_of(v)) + ", not " + std::string(wanted);
    }

    void fail(std::string_view path, std::string_view what) {
        out_.push_back(std::string(path) + ' ' + std::string(what));
    }

    failures& out_;
};

// The document in this text; null, and a failure, if it is not JSON.
inline json::value parse_fixture(failures& out, std::string_view text) {
    json::stream_parser parser;
    wxmp::error_code problem;
    const auto parsed = parser.write_some(text, problem);
    if (!problem && text.find_first_not_of(" \t\r\n", parsed) != text.npos) problem = json::error::extra_data;
    if (!problem) parser.finish(problem);
    if (!problem) return parser.release();
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(parsed), '\n');
    out.push_back("line " + std::to_string(line) + " is not JSON: " + problem.message());
    return {};
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
