// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_COMMENT_DELETE_HPP
#define WXMP_API_COMMENT_DELETE_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>

namespace wxmp::inline v0_1::comment {

/** Deletes a comment.

    Safe to repeat: if the response to a successful call was lost, the next call returns 88008.

    Errors: 45009, 88000 (comments not allowed), 88001 (no such message or article), 88008 (no
    such comment).

    @see POST /cgi-bin/comment/delete
*/
struct delete_ {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/comment/delete").zero_in("errcode").idempotent();

    struct response {};

    required<std::uint64_t> msg_data_id;      ///< identifies the mass-sent or published message
    std::optional<index_from_0> index{};      ///< article within the message, from 0; default: the first
    required<std::uint64_t> user_comment_id;  ///< from @ref list
};
BOOST_DESCRIBE_STRUCT(delete_, (), (msg_data_id, index, user_comment_id))
BOOST_DESCRIBE_STRUCT(delete_::response, (), ())

}  // namespace wxmp::inline v0_1::comment

#endif
