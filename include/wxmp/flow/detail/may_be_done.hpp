// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_MAY_BE_DONE_HPP
#define WXMP_FLOW_DETAIL_MAY_BE_DONE_HPP

#include <wxmp/error/condition.hpp>
#include <wxmp/error/error.hpp>

namespace wxmp::inline v0_1::detail {

// Whether a request that was sent and ended with this error may have been carried out. An unreadable response
// counts as none; a return code or any status below 500 is a refusal.
inline bool may_be_done(const error& e) {
    for (const auto no_answer : {errc::cancelled, errc::bad_json, errc::too_deep, errc::too_large,
                                 errc::missing_member, errc::wrong_type, errc::out_of_range})
        if (e == no_answer) return true;
    return e == condition::outcome_unknown;
}

}  // namespace wxmp::inline v0_1::detail

#endif
