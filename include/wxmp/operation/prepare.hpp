// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_PREPARE_HPP
#define WXMP_OPERATION_PREPARE_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/operation/operation.hpp>
#include <wxmp/operation/options.hpp>

#include <utility>

namespace wxmp::inline v0_1 {

/** Builds the HTTP request for `op`, without the access token. No I/O.

    `op` is taken by value: move it in to avoid copying the bytes that it owns.

    @return The request; or what is wrong with `op`, with @ref error::request_member: `errc::missing_member`,
    `errc::limit_exceeded`, `errc::invalid_utf8` or `errc::forbidden_character`.
*/
template <operation Op> result<http::request> prepare(Op op, const options& o = {}) {
    result<http::request> out(boost::system::in_place_value);
    if (auto fault = detail::compiled.operation.prepare(detail::request_type_of<Op>, &op, o, *out))
        out = *std::move(fault);
    return out;
}

/** Adds the access token to a request that needs one; otherwise does nothing.

    Called for each send, so that the token may change while a flow runs.
*/
inline void authorize(http::request& r, const secret& access_token) {
    detail::compiled.operation.authorize(r, access_token);
}

}  // namespace wxmp::inline v0_1

#endif
