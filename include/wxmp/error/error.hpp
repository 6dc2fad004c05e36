// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_ERROR_HPP
#define WXMP_ERROR_ERROR_HPP

#include <wxmp/error/condition.hpp>

#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

class error;

namespace detail {

// What an error says beside its code.
struct error_texts {
    std::string detail;
    std::string request_member;
    std::string rid;
    mutable std::atomic<std::uint32_t> owners{1};
};

// What wxmp/src.hpp compiles of this layer.
struct error_functions {
    std::string (*message)(const error&);
    std::string (*message_zh)(const error&);
    bool (*is)(const error&, condition) noexcept;
    const error_texts* (*make_texts)(std::string_view detail, std::string_view request_member,
                                     std::string_view rid);
    const error_texts& (*no_texts)() noexcept;
    void (*release)(const error_texts&) noexcept;
};

// Owns texts together with its copies, so that copying an error allocates nothing.
class shared_texts {
public:
    shared_texts() = default;
    explicit shared_texts(const error_texts* made) noexcept : texts_(made) {}
    shared_texts(const shared_texts& other) noexcept : texts_(other.texts_) {
        if (texts_) texts_->owners.fetch_add(1, std::memory_order_relaxed);
    }
    shared_texts(shared_texts&& other) noexcept : texts_(std::exchange(other.texts_, nullptr)) {}
    shared_texts& operator=(shared_texts other) noexcept {
        std::swap(texts_, other.texts_);
        return *this;
    }
    ~shared_texts() {
        if (texts_) compiled.error.release(*texts_);
    }

    explicit operator bool() const noexcept { return texts_ != nullptr; }
    const error_texts& operator*() const noexcept { return texts_ ? *texts_ : compiled.error.no_texts(); }

private:
    const error_texts* texts_ = nullptr;  // null: all are empty
};

}  // namespace detail

/** What failed, where, and how to find it in the service's logs.

    Never contains a secret. Compare it with an @ref errc or a @ref condition. Copying it does not allocate.
*/
class error {
public:
    /// No error.
    error() = default;

    /// An error code, and where or why: a JSON pointer, a name, or the service's `errmsg`.
    explicit error(error_code code, std::string_view detail = {}) : code_(code) {
        if (!detail.empty()) texts_ = texts_of(detail, {}, {});
    }
    explicit error(errc code, std::string_view detail = {}) : error(make_error_code(code), detail) {}

    /// What failed.
    [[nodiscard]] const error_code& code() const noexcept { return code_; }

    /// Where or why: a JSON pointer into a response; what is wrong with a request, as
    /// `draft/add: articles/0/title is empty; …`; or the `errmsg` of the service.
    [[nodiscard]] const std::string& detail() const noexcept { return (*texts_).detail; }

    /// The JSON pointer of the member that is wrong in a request, which was not sent; empty for other errors.
    [[nodiscard]] const std::string& request_member() const noexcept { return (*texts_).request_member; }

    /// The service's ID of the exchange, for its support; empty if it sent none.
    [[nodiscard]] const std::string& rid() const noexcept { return (*texts_).rid; }

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
    [[nodiscard]] [[gnu::cold]] error with_request_member(std::string_view pointer) && {
        texts_ = texts_of(detail(), pointer, rid());
        return std::move(*this);
    }

    /// The same error with another code.
    [[nodiscard]] error with_code(error_code code) && {
        code_ = code;
        return std::move(*this);
    }

    /// The same error without what shows one of these secrets: see @ref redact. A server may repeat in its
    /// `errmsg` what it was sent.
    [[nodiscard]] [[gnu::cold]] error redacted(std::span<const secret> secrets) && {
        const auto shown = [&](const std::string& text) { return detail::compiled.redact(text, secrets); };
        if (texts_) texts_ = texts_of(shown(detail()), shown(request_member()), shown(rid()));
        return std::move(*this);
    }

    /// One readable line: message, detail, return code. Control characters are replaced by spaces.
    [[nodiscard]] std::string message() const { return detail::compiled.error.message(*this); }

    /// The same line with the message in Chinese; the detail is not translated.
    [[nodiscard]] std::string message_zh() const { return detail::compiled.error.message_zh(*this); }

    /// The error of a response with this return code and `errmsg`.
    static error from_api(int code, std::string_view errmsg) {
        error e(make_api_code(code));
        e.texts_ = texts_of(errmsg, {}, rid_of(errmsg));
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

    /// Whether they say the same; of a code or a condition, whether it is the code or fulfils the condition.
    friend bool operator==(const error& a, const error& b) noexcept {
        return a.code_ == b.code_ && a.http_status_ == b.http_status_ && a.detail() == b.detail() &&
               a.request_member() == b.request_member() && a.rid() == b.rid();
    }
    friend bool operator==(const error& e, errc c) noexcept { return e.code_ == make_error_code(c); }
    friend bool operator==(const error& e, condition c) noexcept { return detail::compiled.error.is(e, c); }

private:
    static detail::shared_texts texts_of(std::string_view detail, std::string_view request_member,
                                         std::string_view rid) {
        return detail::shared_texts(detail::compiled.error.make_texts(detail, request_member, rid));
    }

    error_code code_;
    int http_status_{};
    detail::shared_texts texts_;
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
