// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_DETAIL_SOURCE_COMPLETE_HPP
#define WXMP_OPERATION_DETAIL_SOURCE_COMPLETE_HPP

#include <wxmp/codec/content_disposition.hpp>
#include <wxmp/codec/detail/source/object_reader.hpp>
#include <wxmp/codec/filename.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/operation/api_error_of.hpp>
#include <wxmp/operation/detail/source/page_title.hpp>
#include <wxmp/operation/operation.hpp>
#include <wxmp/operation/options.hpp>

#include <boost/describe/class.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

// Content type and status tell nothing: files come as text/plain, and errors with status 200.
inline bool is_plainly_file(const http::response& head, std::string_view body) {
    if (!http::find_header(head.headers, "Content-Disposition").empty()) return true;
    const auto first = body.find_first_not_of(" \t\r\n");
    return first == body.npos || body[first] != '{';
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

// Decodes a response.
class answer_reader {
public:
    // `body` is that of the response, wherever it is.
    answer_reader(const answer_type& type, void* out, const http::response& head, std::string_view body,
                  const options& o)
        : type_(type),
          may_be_file_(type.become_file != nullptr),
          out_(out),
          head_(head),
          body_(body),
          options_(o),
          in_(body, o.max_depth) {}

    std::optional<error> run() {
        auto e = find_error();
        if (e) e = (*std::move(e)).with_http_status(head_.status);
        return e;
    }

private:
    enum envelope : std::size_t { errcode, ret, errmsg };

    std::optional<error> find_error() {
        const auto most = may_be_file_ ? options_.max_file : options_.max_response;
        if (most != 0 && body_.size() > most) return error(errc::too_large);
        auto fault = no_fault();
        const bool is_json = read(json_path(fault));
        if (is_json) {
            if (auto e = error_sent()) return e;
        }
        if (head_.status / 100 != 2) return error(errc::http_status);
        if (is_json && type_.is_alternatives && !fault) read_alternative_again(json_path(fault));
        if (!is_json && !may_be_file_ && *fault == errc::bad_json) return error_of_page(*std::move(fault));
        return fault;
    }

    // The same error, unless what came is a page that has a title.
    [[gnu::cold]] error error_of_page(error why) const {
        const auto title = page_title(body_);
        return title.empty() ? std::move(why) : error(errc::bad_json, "HTML page \"" + title + '"');
    }

    // Whether it is JSON. Errors are reported through `at`.
    bool read(const json_path& at) {
        if (may_be_file_ && is_plainly_file(head_, body_)) return at.fail(errc::bad_json);
        start_ = in_.here();
        read_document(in_, at, [this](json_reader& in, const json_path& here) {
            if (type_.is_alternatives) return source::note_members(in, noted_);
            const special_members special{{}, noted_};
            return detail::read_members(out_, in, type_.table, here, &special);
        });
        if (in_.is_broken()) return false;
        return !may_be_file_ || has_discriminator() || at.fail(errc::bad_json);
    }

    void read_alternative_again(const json_path& at) {
        in_.go_back(start_);
        detail::read_alternative(out_, in_, type_.table, type_.discriminators, at);
    }

    // `errcode` or a member of a JSON alternative shows that the response is not a file.
    bool has_discriminator() {
        if (noted_[errcode].value) return true;
        if (type_.discriminators.empty()) return false;
        in_.go_back(start_);
        return find_first(in_, type_.discriminators) != type_.discriminators.size();
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
    bool may_be_file_;
    void* out_;
    const http::response& head_;
    std::string_view body_;
    const options& options_;
    json_reader in_;
    json_reader::mark start_{};
    std::array<noted_member, 3> noted_{{{"errcode"}, {"ret"}, {"errmsg"}}};
};

// Some calls report only in errmsg that the article was submitted before.
inline error with_meaning(error e, std::string_view submitted_before) {
    if (submitted_before.empty() || e.api_code() == 0) return e;
    if (e.detail().find(submitted_before) == std::string::npos) return e;
    return std::move(e).with_code(errc::already_submitted);
}

inline std::optional<error> complete(const answer_type& type, void* answer, http::response&& r,
                                     const options& o, const std::optional<error>& refusal) {
    if (refusal) return with_meaning(*refusal, type.submitted_before);
    auto fault = answer_reader(type, answer, r, r.body, o).run();
    if (!fault) return fault;
    if (!type.become_file) return with_meaning(*std::move(fault), type.submitted_before);
    // The response is a file if the error only says that it is not JSON.
    if (!(*fault == errc::bad_json || *fault == errc::too_deep)) return fault;
    type.become_file(answer, file_in(std::move(r)));
    return std::nullopt;
}

// What the responses of all calls have in common.
struct any_call {
    static constexpr endpoint at = endpoint::get("/");
    struct response {};
};
BOOST_DESCRIBE_STRUCT(any_call, (), ())
BOOST_DESCRIBE_STRUCT(any_call::response, (), ())

// Whether the value after the name of a return code is 0, which means success.
inline bool is_zero(std::string_view after_name) {
    const auto at = after_name.find_first_not_of(" \t\r\n:\"");
    if (at == after_name.npos || after_name[at] != '0') return false;
    const auto end = after_name.find_first_not_of(" \t\r\n\"", at + 1);
    return end != after_name.npos && (after_name[end] == ',' || after_name[end] == '}');
}

// Inside a string, the quotes of a name would be escaped.
inline bool names_a_code(std::string_view body, std::string_view name) {
    for (auto at = body.find(name); at != body.npos; at = body.find(name, at + 1))
        if (!is_zero(body.substr(at + name.size()))) return true;
    return false;
}

inline bool may_be_refusal(const http::response& head, std::string_view body) {
    if (body.size() > longest_refusal) return false;
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first == body.npos || body[first] != '{') return false;
    if (!http::find_header(head.headers, "Content-Disposition").empty()) return false;
    return names_a_code(body, "\"errcode\"") || names_a_code(body, "\"ret\"");
}

// The error in a response whose body may be elsewhere.
inline std::optional<error> api_error_in(const http::response& head, std::string_view body) {
    const bool read = may_be_refusal(head, body);
    if (!read && head.status / 100 == 2) return std::nullopt;
    if (!read) return error(errc::http_status).with_http_status(head.status);
    any_call::response nothing;
    auto fault = answer_reader(answer_type_of<any_call>, &nothing, head, body, {}).run();
    if (!fault) return std::nullopt;
    const auto& why = *fault;
    return why.api_code() != 0 || why == errc::http_status ? fault : std::nullopt;
}

inline std::optional<error> api_error_of(const http::response& r) { return api_error_in(r, r.body); }

}  // namespace wxmp::inline v0_1::detail::source

#endif
