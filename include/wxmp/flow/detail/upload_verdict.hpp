// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_UPLOAD_VERDICT_HPP
#define WXMP_FLOW_DETAIL_UPLOAD_VERDICT_HPP

#include <wxmp/error/error.hpp>
#include <wxmp/flow/upload_table.hpp>

namespace wxmp::detail {

inline bool has_no_answer(const error& e) {
    return e == errc::timeout || e == errc::connection_lost || e == errc::http_status ||
           e == errc::stale_connection || e == errc::bad_json || e == errc::cancelled;
}

// What an error means to a request that may or may not be repeated when nobody knows what became of it. A
// request that never left may always be repeated; one that the service refused was not carried out.
inline upload_input judge(const error& e, bool may_repeat) {
    if (e == errc::connect_failed || e == errc::store_failed) return upload_input::transient;
    if (e.api_code() != 0)
        return may_repeat && e == condition::retryable ? upload_input::transient : upload_input::failure;
    if (e == errc::source_failed || e == errc::source_changed) return upload_input::failure;
    if (!may_repeat) return upload_input::lost;
    return has_no_answer(e) && !(e == errc::cancelled) ? upload_input::transient : upload_input::failure;
}

}  // namespace wxmp::detail

#endif
