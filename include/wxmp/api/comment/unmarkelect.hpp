// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_COMMENT_UNMARKELECT_HPP
#define WXMP_API_COMMENT_UNMARKELECT_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>

namespace wxmp::inline v0_1::comment {

/** Removes the featured mark from a comment. Safe to repeat.

    Errors: 45009, 88000 (comments not allowed), 88001 (no such message or article), 88008 (no
    such comment).

    @see POST /cgi-bin/comment/unmarkelect
*/
struct unmarkelect {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/comment/unmarkelect").zero_in("errcode").idempotent();

    struct response {};

    required<std::uint64_t> msg_data_id;      ///< identifies the mass-sent or published message
    std::optional<index_from_0> index{};      ///< article within the message, from 0; default: the first
    required<std::uint64_t> user_comment_id;  ///< from @ref list
};
BOOST_DESCRIBE_STRUCT(unmarkelect, (), (msg_data_id, index, user_comment_id))
BOOST_DESCRIBE_STRUCT(unmarkelect::response, (), ())

}  // namespace wxmp::inline v0_1::comment

#endif
