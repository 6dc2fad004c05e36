// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_COMMENT_REPLY_ADD_HPP
#define WXMP_API_COMMENT_REPLY_ADD_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace wxmp::inline v0_1::comment {

/** Replies to a comment; a comment can have one reply.

    Not retried automatically: if the response to a successful call was lost, the next call returns 88005.

    Errors: 45009, 88000 (comments not allowed), 88001 (no such message or article), 88005 (has a
    reply), 88007 (reply empty or too long), 88008 (no such comment).

    @see POST /cgi-bin/comment/reply/add
*/
struct reply_add {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/comment/reply/add").zero_in("errcode");

    struct response {};

    required<std::uint64_t> msg_data_id;      ///< identifies the mass-sent or published message
    std::optional<index_from_0> index{};      ///< article within the message, from 0; default: the first
    required<std::uint64_t> user_comment_id;  ///< from @ref list
    required<std::string> content;            ///< the reply; its maximum length is not documented

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("content", content); }
};
BOOST_DESCRIBE_STRUCT(reply_add, (), (msg_data_id, index, user_comment_id, content))
BOOST_DESCRIBE_STRUCT(reply_add::response, (), ())

}  // namespace wxmp::inline v0_1::comment

#endif
