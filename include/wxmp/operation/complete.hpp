// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_COMPLETE_HPP
#define WXMP_OPERATION_COMPLETE_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/operation/operation.hpp>
#include <wxmp/operation/options.hpp>

#include <optional>
#include <utility>

namespace wxmp::inline v0_1 {

namespace detail {

// The same. It leaves `r` as it is, unless that is a file and is returned: so it can be done again.
template <operation Op>
result<typename Op::response> complete_in_place(http::response& r, const options& o,
                                                const std::optional<error>& refusal) {
    result<typename Op::response> out(boost::system::in_place_value, blank::make<typename Op::response>());
    if (auto fault = compiled.operation.complete(answer_type_of<Op>, &*out, std::move(r), o, refusal))
        out = *std::move(fault);
    return out;
}

}  // namespace detail

/** Decodes the HTTP response to an `Op`. No I/O.

    The response to a download is a file if it has a Content-Disposition, or is no JSON object with `errcode`
    or a member of a JSON alternative. Folders are stripped from its filename; an unsafe one becomes empty.

    An `errmsg` may repeat what was sent: who sends requests without a @ref client removes their secrets from
    the error with @ref error::redacted and @ref http::request::secrets.

    @param r the response; move it in to avoid copying a file
    @param refusal the result of @ref api_error_of for `r`, if known: saves parsing it again
    @return The decoded response; or the error that the service sent, `errc::http_status`, `errc::bad_json`,
    `errc::too_deep`, `errc::too_large`, or for a member that does not fit: `errc::missing_member`,
    `errc::wrong_type`, `errc::out_of_range` with its JSON pointer.
*/
template <operation Op>
result<typename Op::response> complete(http::response r, const options& o = {},
                                       std::optional<error> refusal = {}) {
    return detail::complete_in_place<Op>(r, o, refusal);
}

}  // namespace wxmp::inline v0_1

#endif
