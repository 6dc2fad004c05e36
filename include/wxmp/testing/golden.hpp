// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_GOLDEN_HPP
#define WXMP_TESTING_GOLDEN_HPP

#include <wxmp/codec/json_value.hpp>
#include <wxmp/codec/multipart_writer.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/operation/serve.hpp>
#include <wxmp/testing/detail/fixture_format.hpp>
#include <wxmp/testing/mutations.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

namespace detail {

inline std::string text_of(const json::value& v, const char* name) {
    const auto* member = v.as_object().if_contains(name);
    return member ? std::string(member->as_string()) : std::string();
}

inline options golden_options() {
    options o;
    o.random = [] { return std::uint64_t{0x0123456789abcdef}; };
    return o;
}

inline result<encoded_form> recorded_form(const json::array& parts) {
    form_data form;
    for (const auto& p : parts) {
        const auto name = text_of(p, "name");
        if (p.as_object().contains("filename"))
            form.add_file(
                name, {text_of(p, "filename"), http::body(text_of(p, "data")), text_of(p, "content_type")});
        else
            form.add_text(name,
                          p.at("data").is_string() ? text_of(p, "data") : json::serialize(p.at("data")));
    }
    return form.encode(golden_options().random);
}

// The recorded request of a fixture. Errors as form_data::encode.
inline result<http::request> recorded_request(const json::object& fixture) {
    http::request r;
    const auto line = text_of(fixture, "line");
    r.verb = line.starts_with("GET ") ? method::get : method::post;
    r.target = secret(line.substr(line.find(' ') + 1));
    r.safe_target = r.target.reveal();
    if (const auto* body = fixture.if_contains("body")) {
        r.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
        r.body = http::body(json::serialize(*body));
    } else if (const auto* form = fixture.if_contains("form")) {
        auto encoded = recorded_form(form->as_array());
        if (!encoded) return encoded.error();
        r.headers.push_back({"Content-Type", encoded->content_type});
        r.body = std::move(encoded->body);
    } else if (fixture.contains("octets")) {
        r.headers.push_back({"Content-Type", "application/octet-stream"});
        r.body = http::body(text_of(fixture, "octets"));
    }
    return r;
}

inline void expect_equal(failures& out, std::string_view what, std::string_view want, std::string_view got) {
    if (want != got)
        out.push_back(std::string(what) + ": expected " + std::string(want) + ", got " + std::string(got));
}

inline void expect_same(failures& out, const http::request& want, const http::request& got) {
    expect_equal(out, "method of the request", want.verb == method::get ? "GET" : "POST",
                 got.verb == method::get ? "GET" : "POST");
    expect_equal(out, "target of the request", want.target.reveal(), got.target.reveal());
    expect_equal(out, "body of the request", want.body.text(), got.body.text());
    const auto type = http::find_header(want.headers, "Content-Type");
    expect_equal(out, "Content-Type of the request", type, http::find_header(got.headers, "Content-Type"));
}

// A member missing from the fixture would go untested.
inline void expect_all_members(failures& out, wxmp::detail::member_table table, const json::object& recorded,
                               const http::request* request) {
    const auto target =
        request ? parse_target(request->target.reveal()) : result<parsed_target>(parsed_target{});
    for (const auto& m : table) {
        if (m.kind == wxmp::detail::member_kind::octets || m.kind == wxmp::detail::member_kind::unknown)
            continue;
        const bool there = recorded.contains(m.name) || (target && target->find(m.name));
        if (!there)
            out.push_back(std::string(m.name) + " is in no recorded " + (request ? "request" : "response"));
    }
}

inline json::object recorded_members(const json::object& fixture) {
    json::object all;
    if (const auto* form = fixture.if_contains("form"))
        for (const auto& p : form->as_array()) all[p.at("name").as_string()] = true;
    if (const auto* body = fixture.if_contains("body")) all = body->as_object();
    return all;
}

template <operation Op> void check_request(failures& out, const json::object& fixture) {
    const auto readable = recorded_request(fixture);
    if (!readable) return out.push_back("request.form: " + readable.error().message());
    const auto& recorded = *readable;
    expect_all_members(out, wxmp::detail::members<Op>, recorded_members(fixture), &recorded);
    const auto op = read_request<Op>(recorded);
    if (!op) return out.push_back("the recorded request is refused: " + op.error().message());
    auto again = prepare(*op, golden_options());
    if (!again) return out.push_back("the decoded request cannot be encoded: " + again.error().message());
    if (again->safe_target.find("SECRET") != std::string::npos)
        out.emplace_back("safe_target contains a secret");
    authorize(*again, secret("ACCESS_TOKEN"));
    expect_same(out, recorded, *again);
    if (const auto* body = fixture.if_contains("body")) {
        const auto decode = [&](const json::value& v) -> result<json::value> {
            auto r = recorded;
            r.body = http::body(json::serialize(v));
            const auto value = read_request<Op>(r);
            if (!value) return value.error();
            return to_value(*value);
        };
        check_mutations(out, *body, wxmp::detail::members<Op>, decode);
    }
}

inline http::response recorded_response(const json::object& recorded) {
    http::response r{200, {}, text_of(recorded, "bytes")};
    if (const auto* body = recorded.if_contains("body")) r.body = json::serialize(*body);
    if (const auto* headers = recorded.if_contains("headers"))
        for (const auto& [name, value] : headers->as_object())
            r.headers.push_back({name, std::string(value.as_string())});
    return r;
}

template <operation Op> result<http::response> read_and_write(const http::response& r) {
    const auto value = complete<Op>(r);
    if (!value) return value.error();
    return write_response<Op>(*value);
}

template <operation Op> void check_json_response(failures& out, const json::object& recorded) {
    const auto& body = recorded.at("body");
    const auto read_and_write_json = [](std::string_view text) -> result<json::value> {
        const auto written = read_and_write<Op>({200, {}, std::string(text)});
        if (!written) return written.error();
        return decode<json::value>(written->body);
    };
    const auto text = json::serialize(body);
    const auto got = read_and_write_json(text);
    const auto* canonical = recorded.if_contains("canonical");
    if (!got) return out.push_back("the recorded response is refused: " + got.error().message());
    expect_equal(out, "body of the response", canonical ? json::serialize(*canonical) : text,
                 json::serialize(*got));
    check_mutations(out, body, wxmp::detail::members<typename Op::response>,
                    [&](const json::value& v) { return read_and_write_json(json::serialize(v)); });
    for (std::size_t n = 0; n != text.size(); ++n)
        if (const auto cut = read_and_write_json(text.substr(0, n)); cut || !(cut.error() == errc::bad_json))
            out.push_back("the response cut after " + std::to_string(n) + " bytes: not refused as bad JSON");
}

template <operation Op> void check_file_response(failures& out, const http::response& recorded) {
    const auto got = read_and_write<Op>(recorded);
    if (!got) return out.push_back("the recorded file is refused: " + got.error().message());
    expect_equal(out, "bytes of the file", recorded.body, got->body);
    for (const auto* name : {"Content-Type", "Content-Disposition"})
        expect_equal(out, name + std::string(" of the file"), http::find_header(recorded.headers, name),
                     http::find_header(got->headers, name));
}

// Adds to `seen` the members that this response sets.
template <operation Op> void check_response(failures& out, const json::object& recorded, json::object& seen) {
    const auto response = recorded_response(recorded);
    if (recorded.contains("body")) check_json_response<Op>(out, recorded);
    else check_file_response<Op>(out, response);
    const auto value = complete<Op>(response);
    if (!value) return;
    for (const auto& m : wxmp::detail::writers<typename Op::response>)
        if (m.is_set(m.in(&*value))) seen[m.name] = true;
}

template <operation Op> void check_responses(failures& out, const json::object& fixture) {
    json::array all;
    if (const auto* several = fixture.if_contains("responses")) all = several->as_array();
    else all.push_back(fixture.at("response"));
    json::object seen;
    for (const auto& recorded : all) check_response<Op>(out, recorded.as_object(), seen);
    expect_all_members(out, wxmp::detail::members<typename Op::response>, seen, nullptr);
}

}  // namespace detail

/** Checks an operation against its recorded exchange, in both directions.

    The recorded request is decoded and encoded again, and must come out byte for byte the same; so must the
    response. Then every member at every depth is mutated in turn: omitted, of another type, null, a number as
    a string, with an unknown sibling, in another order.

    @param fixture `{"request": {"line", "body" | "form" | "octets"}, "response": {"body", "canonical"?}}`.
    `line` is method and target, with the token ACCESS_TOKEN and secrets that begin with SECRET; `canonical`
    is what the encoder writes, where that differs from `body`. A call with several forms of response has
    `"responses": [...]`; a file is `{"headers", "bytes"}`.
    @return What differs, or where the fixture is not like this; empty on success.
*/
template <operation Op> failures check_golden(const json::value& fixture) {
    static_assert(detail::fully_described<Op> && detail::fully_described<typename Op::response>,
                  "BOOST_DESCRIBE_STRUCT leaves out a member");
    failures out;
    detail::fixture_format(out).check(fixture, Op::at.body);
    if (!out.empty()) return out;
    detail::check_request<Op>(out, fixture.at("request").as_object());
    detail::check_responses<Op>(out, fixture.as_object());
    return out;
}

/// The same for a fixture as JSON text. Each failure begins with `name`, as `draft/add.json: `.
template <operation Op> failures check_golden(std::string_view name, std::string_view text) {
    failures out;
    const auto fixture = detail::parse_fixture(out, text);
    if (out.empty()) out = check_golden<Op>(fixture);
    for (auto& what : out) what.insert(0, ": ").insert(0, name);
    return out;
}

/// The same for the file `name` in `folder`.
template <operation Op>
failures check_golden_file(const std::filesystem::path& folder, std::string_view name) {
    std::ifstream in(folder / name, std::ios::binary);
    if (!in) return {std::string(name) + ": cannot be opened"};
    return check_golden<Op>(name, std::string(std::istreambuf_iterator<char>(in), {}));
}

}  // namespace wxmp::inline v0_1::testing

#endif
