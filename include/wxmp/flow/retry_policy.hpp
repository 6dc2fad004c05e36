// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_RETRY_POLICY_HPP
#define WXMP_FLOW_RETRY_POLICY_HPP

#include <wxmp/flow/backoff.hpp>

namespace wxmp::inline v0_1 {

/// What to do when the service reports that a limit is reached.
enum class at_limit {
    fail,  ///< return the error
    wait,  ///< send the request again when the limit resets
};

/** When, and how many times, a failed request is sent again.

    - If nothing was sent (`errc::connect_failed`, `errc::store_failed`): any request.
    - If the error is temporary (`condition::retryable`), even if it leaves the outcome unknown: only one that
      is `http::request::idempotent`.
    - If a limit is reached: as `rate` and `day` say. Such a pause counts as a try, but not towards the total.
    - If a kept-alive connection turned out to be closed (`errc::stale_connection`): once, immediately.

    Rejected tokens are left to the @ref token_policy. A request is not sent again once part of its response
    has reached a sink, nor if it is `http::request::retried_by_sender`, as those of an @ref upload are. The
    result is that of the last try.
*/
struct retry_policy {
    backoff pauses{.jitter = 1};     ///< between tries of one request
    at_limit rate = at_limit::wait;  ///< too many calls (45011): in the next minute
    at_limit day = at_limit::fail;   ///< daily quota used up (45009): at midnight in Beijing

    /// Whether to resend a request after `errc::stale_connection` even if it is not idempotent: most likely
    /// the service has not seen it.
    bool resend_stale = false;
};

}  // namespace wxmp::inline v0_1

#endif
