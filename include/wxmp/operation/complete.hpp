// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_COMPLETE_HPP
#define WXMP_OPERATION_COMPLETE_HPP

#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/filename.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/operation/operation.hpp>
#include <wxmp/operation/options.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

namespace detail {

// Content type and status tell nothing: files come as text/plain, and errors with status 200.
inline bool is_plainly_file(const http::response& r) {
    if (!http::find_header(r.headers, "Content-Disposition").empty()) return true;
    const auto first = r.body.find_first_not_of(" \t\r\n");
    return first == r.body.npos || r.body[first] != '{';
}

// A filename that is safe to use: no folders, no control characters. Else empty.
inline std::string plain_filename(std::string_view name) {
    name = without_folders(name);
    return name == "." || name == ".." || has_control(name) ? std::string() : std::string(name);
}

inline http::download file_in(http::response&& r) {
    const auto disposition = content_disposition::parse(http::find_header(r.headers, "Content-Disposition"));
    const auto name = disposition ? disposition->filename.value_or("") : std::string();
    return {plain_filename(name), std::string(http::find_header(r.headers, "Content-Type")),
            std::move(r.body)};
}

// Type-erased description of a response.
struct answer_type {
    reader_table table;
    member_names told_by{};  // for alternatives: the members that tell them apart
    bool is_alternatives{};
    bool may_be_file{};
};

// Decodes a response.
class answer_reader {
public:
    answer_reader(const answer_type& type, void* out, const http::response& r, const options& o)
        : type_(type), out_(out), response_(r), options_(o), in_(r.body, o.max_depth) {
        for (const auto& name : type.told_by) noted_.push_back({name});
    }

    std::optional<error> run() {
        auto e = find_error();
        if (e) e = (*std::move(e)).with_http_status(response_.status);
        return e;
    }

private:
    enum envelope : std::size_t { errcode, ret, errmsg, first_telling };

    std::optional<error> find_error() {
        const auto most = type_.may_be_file ? options_.max_file : options_.max_response;
        if (most != 0 && response_.body.size() > most) return error(errc::too_large);
        auto fault = detail::no_fault();
        const bool is_json = read(json_path(fault));
        if (is_json) {
            if (auto e = error_sent()) return e;
        }
        if (response_.status / 100 != 2) return error(errc::http_status);
        if (is_json && type_.is_alternatives && !fault) read_alternative_again(json_path(fault));
        return fault;
    }

    // Whether it is JSON. Errors are reported through `at`.
    bool read(const json_path& at) {
        if (type_.may_be_file && is_plainly_file(response_)) return at.fail(errc::bad_json);
        start_ = in_.here();
        read_document(in_, at, [this](json_reader& in, const json_path& here) {
            if (type_.is_alternatives) return note_members(in, noted_);
            const detail::special_members special{{}, noted_};
            return read_members(out_, in, type_.table, here, &special);
        });
        if (in_.is_broken()) return false;
        return !type_.may_be_file || is_told() || at.fail(errc::bad_json);
    }

    void read_alternative_again(const json_path& at) {
        in_.go_back(start_);
        read_alternative(out_, in_, type_.table, type_.told_by, at);
    }

    // `errcode` or a member of a JSON alternative shows that the response is not a file.
    bool is_told() const noexcept {
        if (noted_[errcode].value) return true;
        for (auto i = noted_.begin() + first_telling; i != noted_.end(); ++i)
            if (i->value) return true;
        return false;
    }

    // The error in a response, if any. Not every response has a return code; upload_video calls it `ret`. One
    // that cannot be read must not pass for success.
    std::optional<error> error_sent() {
        for (const auto which : {errcode, ret}) {
            if (!is_next(which) || in_.next() == json_kind::null) continue;
            std::optional<error> fault;
            int code{};
            if (!read_number(code, in_, json_path(json_path(fault), noted_[which].name))) return fault;
            if (code != 0) return error::from_api(code, message());
        }
        return std::nullopt;
    }

    std::string message() {
        std::string text;
        if (is_next(errmsg) && in_.next() == json_kind::text) in_.text(text);
        return text;
    }

    // Whether the member is present; if so, moves the reader to its value.
    bool is_next(envelope which) {
        if (!noted_[which].value) return false;
        in_.go_back(*noted_[which].value);
        return true;
    }

    const answer_type& type_;
    void* out_;
    const http::response& response_;
    const options& options_;
    json_reader in_;
    json_reader::mark start_{};
    std::vector<noted_member> noted_{{"errcode"}, {"ret"}, {"errmsg"}};
};

// The response as a file, if the error only says that it is not JSON.
template <class Response> result<Response> file_answer(http::response&& r, const error& fault) {
    if (!(fault == errc::bad_json || fault == errc::too_deep)) return fault;
    auto out = blank::make<Response>();
    file_member(out) = file_in(std::move(r));
    return out;
}

// Some calls report only in errmsg that the article was submitted before.
template <operation Op> error with_meaning(error e) {
    if constexpr (requires { Op::submitted_before; })
        if (e.api_code() != 0 && e.detail().find(Op::submitted_before) != std::string::npos)
            return std::move(e).with_code(errc::already_submitted);
    return e;
}

}  // namespace detail

/** Decodes the HTTP response to an `Op`. No I/O.

    The response to a download is a file if it has a Content-Disposition, or is no JSON object with `errcode`
    or a member of a JSON alternative. Folders are stripped from its filename; an unsafe one becomes empty.

    @param r the response; move it in to avoid copying a file
    @param refusal the result of @ref api_error_of for `r`, if known: saves parsing it again
    @return The decoded response; or the error that the service sent, `errc::http_status`, `errc::bad_json`,
    `errc::too_deep`, `errc::too_large`, or for a member that does not fit: `errc::missing_member`,
    `errc::wrong_type`, `errc::out_of_range` with its JSON pointer.
*/
template <operation Op>
result<typename Op::response> complete(http::response r, const options& o = {},
                                       std::optional<error> refusal = {}) {
    using response = typename Op::response;
    if (refusal) return detail::with_meaning<Op>(*std::move(refusal));
    detail::answer_type type{detail::readers<response>};
    type.may_be_file = detail::may_be_file<response>;
    if constexpr (alternatives<response>) {
        type.is_alternatives = true;
        type.told_by = response::told_by;
    }
    auto out = detail::blank::make<response>();
    auto fault = detail::answer_reader(type, &out, r, o).run();
    if (!fault) return out;
    if constexpr (detail::may_be_file<response>) return detail::file_answer<response>(std::move(r), *fault);
    else return detail::with_meaning<Op>(*std::move(fault));
}

}  // namespace wxmp::inline v0_1

#endif
