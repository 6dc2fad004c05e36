// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_COMMENT_CLOSE_HPP
#define WXMP_API_COMMENT_CLOSE_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>

namespace wxmp::inline v0_1::comment {

/** Closes comments on a published article.

    Safe to repeat.

    Errors: 45009, 88000 (comments not allowed), 88001 (no such message or article), 88002 and 88011 (the
    article is restricted).

    @see POST /cgi-bin/comment/close
*/
struct close {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/comment/close").zero_in("errcode").idempotent();

    struct response {};

    required<std::uint64_t> msg_data_id;  ///< identifies the mass-sent or published message
    std::optional<index_from_0> index{};  ///< article within the message, from 0; default: the first
};
BOOST_DESCRIBE_STRUCT(close, (), (msg_data_id, index))
BOOST_DESCRIBE_STRUCT(close::response, (), ())

}  // namespace wxmp::inline v0_1::comment

#endif
