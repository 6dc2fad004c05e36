// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_ERROR_HPP
#define WXMP_ERROR_ERROR_HPP

#include <wxmp/error/condition.hpp>

#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

/** What failed, where, and how to find it in the service's logs.

    Never contains a secret. Compare it with an @ref errc or a @ref condition.
*/
class error {
public:
    /// No error.
    error() = default;

    /// An error code, and where or why: a JSON pointer, a name, or the service's `errmsg`.
    explicit error(error_code code, std::string detail = {}) : code_(code), detail_(std::move(detail)) {}
    explicit error(errc code, std::string detail = {}) : error(make_error_code(code), std::move(detail)) {}

    /// What failed.
    [[nodiscard]] const error_code& code() const noexcept { return code_; }

    /// Where or why: a JSON pointer into a response; what is wrong with a request, as
    /// `draft/add: articles/0/title is empty; …`; or the `errmsg` of the service.
    [[nodiscard]] const std::string& detail() const noexcept { return detail_; }

    /// The JSON pointer of the member that is wrong in a request, which was not sent; empty for other errors.
    [[nodiscard]] const std::string& request_member() const noexcept { return request_member_; }

    /// The service's ID of the exchange, for its support; empty if it sent none.
    [[nodiscard]] const std::string& rid() const noexcept { return rid_; }

    /// The HTTP status, or 0 if there was no response.
    [[nodiscard]] int http_status() const noexcept { return http_status_; }

    /// The return code that the service sent, or 0 for any other error.
    [[nodiscard]] int api_code() const noexcept {
        return code_.category() == api_category() ? code_.value() : 0;
    }

    /// The same error with the HTTP status of its response.
    [[nodiscard]] error with_http_status(int status) && {
        http_status_ = status;
        return std::move(*this);
    }

    /// The same error of a request that cannot be sent because of this member.
    [[nodiscard]] error with_request_member(std::string pointer) && {
        request_member_ = std::move(pointer);
        return std::move(*this);
    }

    /// The same error with another code.
    [[nodiscard]] error with_code(error_code code) && {
        code_ = code;
        return std::move(*this);
    }

    /// One readable line: message, detail, return code. Control characters are replaced by spaces.
    [[nodiscard]] std::string message() const { return detail::compiled.error_line(*this); }

    /// The same line with the message in Chinese; the detail is not translated.
    [[nodiscard]] std::string message_zh() const { return detail::compiled.error_line_zh(*this); }

    /// The error of a response with this return code and `errmsg`.
    static error from_api(int code, std::string errmsg) {
        error e(make_api_code(code));
        e.rid_ = rid_of(errmsg);
        e.detail_ = std::move(errmsg);
        return e;
    }

    /// The rid that an `errmsg` ends with, or empty.
    static std::string_view rid_of(std::string_view errmsg) noexcept {
        constexpr std::string_view mark = "rid: ";
        const auto at = errmsg.rfind(mark);
        if (at == errmsg.npos) return {};
        const auto rid = errmsg.substr(at + mark.size());
        return rid.substr(0, rid.find_first_not_of("0123456789abcdefABCDEF-"));
    }

    friend bool operator==(const error&, const error&) = default;
    friend bool operator==(const error& e, errc c) noexcept { return e.code_ == make_error_code(c); }
    friend bool operator==(const error& e, condition c) noexcept {
        // A failing gateway sends 5xx, whatever became of the request; any other status is a refusal.
        if (e == errc::http_status && e.http_status_ < 500) return false;
        return e.code_ == make_error_condition(c);
    }

private:
    error_code code_;
    std::string detail_;
    std::string request_member_;
    std::string rid_;
    int http_status_{};
};

/// A `T` or an error. `value()` is the only function in this library that throws an error, as a
/// `boost::system::system_error`.
template <class T> using result = boost::system::result<T, error>;

/// Called by `result<T>::value()` for an error; found by argument-dependent lookup.
[[noreturn]] inline void throw_exception_from_error(const error& e, const boost::source_location& where) {
    boost::throw_with_location(boost::system::system_error(e.code(), e.detail()), where);
}

}  // namespace wxmp::inline v0_1

#endif
