// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_COMPLETE_HPP
#define WXMP_OPERATION_COMPLETE_HPP

#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/filename.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/operation/operation.hpp>
#include <wxmp/operation/options.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp {

namespace detail {

inline std::string text_member(const json::object& o, const char* name) {
    const auto* v = o.if_contains(name);
    const auto* text = v ? v->if_string() : nullptr;
    return text ? std::string(text->data(), text->size()) : std::string();
}

// The error that an answer is, if it is one. Not every answer has a return code; upload_video calls it `ret`.
// One that cannot be read must not pass for success.
inline std::optional<error> error_in(const json::value& answer) {
    const auto* o = answer.if_object();
    if (!o) return std::nullopt;
    for (const char* name : {"errcode", "ret"}) {
        const auto* v = o->if_contains(name);
        if (!v || v->is_null()) continue;
        std::optional<error> fault;
        int code{};
        if (!number_from_value(code, *v, place(place(fault), name))) return fault;
        if (code != 0) return error::from_api(code, text_member(*o, "errmsg"));
    }
    return std::nullopt;
}

// The members by which a download tells that it is JSON after all, as `errcode` always does. Unset for calls
// that are not answered by files.
using telling_members = std::optional<member_names>;

inline bool is_told(const json::value& v, member_names told_by) {
    const auto* o = v.if_object();
    if (!o) return false;
    if (o->contains("errcode")) return true;
    for (const auto& name : told_by)
        if (o->contains(name)) return true;
    return false;
}

// Content type and size tell nothing: files come as text/plain, and errors with status 200.
inline bool is_plainly_file(const http::response& r) {
    if (!http::find_header(r.headers, "Content-Disposition").empty()) return true;
    const auto first = r.body.find_first_not_of(" \t\r\n");
    return first == r.body.npos || r.body[first] != '{';
}

// The JSON in a response; `errc::bad_json` where there is none and where a download is a file.
inline result<json::value> json_in(const http::response& r, const options& o,
                                   const telling_members& download) {
    if (download && is_plainly_file(r)) return error(errc::bad_json);
    auto v = parse_json(r.body, o.max_depth);
    if (download && v && !is_told(*v, *download)) return error(errc::bad_json);
    return v;
}

// A filename as a system may take it: no folders, no control characters.
inline std::string plain_filename(std::string_view name) {
    name = without_folders(name);
    return name == "." || name == ".." || has_control(name) ? std::string() : std::string(name);
}

inline http::download file_in(const http::response& r) {
    const auto disposition = content_disposition::parse(http::find_header(r.headers, "Content-Disposition"));
    const auto name = disposition ? disposition->filename.value_or("") : std::string();
    return {plain_filename(name), std::string(http::find_header(r.headers, "Content-Type")), r.body};
}

inline result<json::value> open_answer(const http::response& r, const options& o,
                                       const telling_members& download) {
    const auto most = download ? o.max_file : o.max_response;
    if (most != 0 && r.body.size() > most) return error(errc::too_large).with_http_status(r.status);
    auto answer = json_in(r, o, download);
    if (answer) {
        if (auto e = error_in(*answer)) return std::move(*e).with_http_status(r.status);
    }
    if (r.status / 100 != 2) return error(errc::http_status).with_http_status(r.status);
    if (!answer) return answer.error().with_http_status(r.status);
    return answer;
}

// The answer that is a file, unless the fault is another one than not being JSON.
template <class Response> result<Response> file_answer(const http::response& r, const error& fault) {
    if (!(fault == errc::bad_json || fault == errc::too_deep)) return fault;
    Response out{};
    file_member(out) = file_in(r);
    return out;
}

// Some calls tell apart only in the text of errmsg that the article was submitted before.
inline error with_meaning(error e, std::string_view submitted_before) {
    if (e.api_code() == 0 || e.detail().find(submitted_before) == std::string::npos) return e;
    return std::move(e).with_code(errc::already_submitted);
}

}  // namespace detail

/** Reads the HTTP response to an `Op`. No I/O.

    The answer to a download is a file if it has a Content-Disposition, and where it is no JSON object with
    `errcode` or a member of an answer in JSON. Its filename comes without folders and control characters.

    @return What the service answered; or the error that it sent, `errc::http_status`, `errc::bad_json`,
    `errc::too_large`, or where the answer does not fit: `errc::missing_member`, `errc::wrong_type`,
    `errc::out_of_range` with the JSON pointer.
*/
template <operation Op>
result<typename Op::response> complete(const http::response& r, const options& o = {}) {
    using response = typename Op::response;
    detail::telling_members download;
    if constexpr (detail::may_be_file<response>) download = response::told_by;
    auto answer = detail::open_answer(r, o, download);
    if (!answer) {
        if constexpr (detail::may_be_file<response>) return detail::file_answer<response>(r, answer.error());
        else if constexpr (requires { Op::submitted_before; })
            return detail::with_meaning(answer.error(), Op::submitted_before);
        else return answer.error();
    }
    auto value = from_value<response>(*answer);
    if (!value) return value.error().with_http_status(r.status);
    return value;
}

}  // namespace wxmp

#endif
