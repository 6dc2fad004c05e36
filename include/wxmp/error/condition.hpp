// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_CONDITION_HPP
#define WXMP_ERROR_CONDITION_HPP

#include <wxmp/error/errc.hpp>

#include <boost/system/error_condition.hpp>

#include <string>
#include <type_traits>

namespace wxmp::inline v0_1 {

/** Classes of errors to test for: `if (e == condition::rate_limited)`.

    An error may match several; for a return code, its entry in the catalogue says which.
*/
enum class condition {
    token_rejected = 1,  ///< the access token is invalid or expired; on a token call: wrong credentials
    retryable,           ///< the same request may succeed later
    rate_limited,        ///< too many calls in a short time
    quota_exhausted,     ///< a daily, monthly or account quota is used up
    permission_denied,   ///< the account, the caller's address or the call is not allowed
    not_found,           ///< what the request refers to does not exist
    outcome_unknown,     ///< the request may or may not have been carried out
};

namespace detail {

constexpr bool errc_is(errc e, condition c) noexcept {
    const bool unanswered = e == errc::timeout || e == errc::connection_lost || e == errc::http_status ||
                            e == errc::stale_connection;
    if (c == condition::outcome_unknown) return unanswered || e == errc::outcome_unknown;
    const bool unsent = e == errc::connect_failed || e == errc::store_failed;
    if (c == condition::retryable) return unanswered || unsent;
    return c == condition::not_found && e == errc::unknown_call;
}

struct condition_category final : boost::system::error_category {
    constexpr condition_category() noexcept : error_category(0xa3d1'7c5e'09b2'4f63) {}
    const char* name() const noexcept override { return "wxmp.condition"; }
    std::string message(int v) const override { return compiled.condition_message(v); }
    bool equivalent(const error_code& code, int v) const noexcept override {
        const auto c = static_cast<condition>(v);
        if (code.category() == errc_category()) return errc_is(static_cast<errc>(code.value()), c);
        if (code.category() != api_category()) return false;
        const auto* known = find_known_error(code.value());
        return known && known->is(c);
    }
};

inline constexpr condition_category condition_category_instance{};

}  // namespace detail

/// Makes the condition to compare an `error_code` with.
inline boost::system::error_condition make_error_condition(condition c) noexcept {
    return {static_cast<int>(c), detail::condition_category_instance};
}

}  // namespace wxmp::inline v0_1

template <> struct boost::system::is_error_condition_enum<wxmp::condition> : std::true_type {};

#endif
