// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_ERRC_HPP
#define WXMP_ERROR_ERRC_HPP

#include <wxmp/error/catalogue.hpp>

#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include <string>
#include <type_traits>

namespace wxmp::inline v0_1 {

/// A code and its category, as in Boost.System.
using boost::system::error_code;

/// Errors detected by this library, not by the service. The values are stable.
enum class errc {
    bad_json = 1,         ///< the text is not JSON
    too_deep,             ///< JSON nested deeper than the limit
    too_large,            ///< a response larger than the limit
    missing_member,       ///< a required member is missing; in a request, or empty
    wrong_type,           ///< a member has the wrong JSON type, or a text that is not allowed
    out_of_range,         ///< a number does not fit
    invalid_utf8,         ///< text to be sent is not UTF-8
    forbidden_character,  ///< a name, header value or target holds a control character
    limit_exceeded,       ///< a member of the request is outside the known limits of the service
    bad_multipart,        ///< the body is not well-formed multipart/form-data
    bad_query,            ///< the query is not well-formed
    unknown_call,         ///< no operation has this method and path
    http_status,          ///< an HTTP status other than 2xx, without a return code
    connect_failed,       ///< no connection; nothing was sent
    connection_lost,      ///< the connection broke; the request may have been carried out
    timeout,              ///< no response in time; the request may have been carried out
    cancelled,            ///< cancelled by the caller
    source_failed,        ///< a source has fewer bytes than its size
    source_changed,       ///< a source's bytes differ from those that were hashed
    already_submitted,    ///< the article is already submitted and cannot be changed
    not_passed,           ///< the service finished, but not with success
    outcome_unknown,      ///< a call that is not safe to repeat got no response
    unexpected_event,     ///< an event that a flow does not accept in its state
    no_timer,             ///< a flow has to wait, but the transport cannot
    bad_record,           ///< a stored record is foreign, damaged or of another version
    store_failed,         ///< a token store is unreachable or refuses; nothing was sent to the service
    stale_connection,     ///< a kept-alive connection was closed before any byte of the response
    deadline_exceeded,    ///< the run reached its deadline; no outcome is left unknown
    exception_thrown,     ///< a function of the caller threw, in a run that must not throw
    no_progress,          ///< a list brings nothing new, or exceeds its total: it would never end
};

namespace detail {

struct errc_category final : boost::system::error_category {
    constexpr errc_category() noexcept : error_category(0xa3d1'7c5e'09b2'4f61) {}
    const char* name() const noexcept override { return "wxmp"; }
    std::string message(int v) const override { return compiled.errc_message(v); }
};

struct api_category final : boost::system::error_category {
    constexpr api_category() noexcept : error_category(0xa3d1'7c5e'09b2'4f62) {}
    const char* name() const noexcept override { return "wxmp.api"; }
    std::string message(int v) const override { return compiled.api_message(v); }
};

inline constexpr errc_category errc_category_instance{};
inline constexpr api_category api_category_instance{};

}  // namespace detail

/// The category of @ref errc.
constexpr const boost::system::error_category& errc_category() noexcept {
    return detail::errc_category_instance;
}

/// The category of the return codes that the service sends as `errcode` or `ret`.
constexpr const boost::system::error_category& api_category() noexcept {
    return detail::api_category_instance;
}

/// Makes an `error_code` from an @ref errc.
inline error_code make_error_code(errc e) noexcept { return {static_cast<int>(e), errc_category()}; }

/// Makes an `error_code` from a return code of the service; any number is accepted.
inline error_code make_api_code(int code) noexcept { return {code, api_category()}; }

}  // namespace wxmp::inline v0_1

template <> struct boost::system::is_error_code_enum<wxmp::errc> : std::true_type {};

#endif
