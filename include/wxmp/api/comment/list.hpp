// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_COMMENT_LIST_HPP
#define WXMP_API_COMMENT_LIST_HPP

#include <wxmp/data/at_most_one.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wxmp::inline v0_1::comment {

/// Which comments to list.
enum class comment_filter : std::uint8_t {
    all = 0,      ///< both kinds
    plain = 1,    ///< not featured
    elected = 2,  ///< featured
};

/// The article owner's reply to a comment.
struct comment_reply {
    std::string content{};                                  ///< text
    std::optional<std::chrono::sys_seconds> create_time{};  ///< creation time
};
BOOST_DESCRIBE_STRUCT(comment_reply, (), (content, create_time))

/** Lists the comments on an article, page by page. Safe to repeat.

    Errors: 45009, 88000 (comments not allowed), 88001 (no such message or article), 88010 (count).

    @see POST /cgi-bin/comment/list
*/
struct list {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/comment/list").zero_in("errcode").idempotent();

    /// One comment.
    struct entry {
        std::uint64_t user_comment_id{};                        ///< identifies it in other calls
        std::optional<std::string> openid{};                    ///< its author; absent if not a WeChat user
        std::optional<std::chrono::sys_seconds> create_time{};  ///< creation time
        std::string content{};                                  ///< text
        flag comment_type{};                                    ///< whether it is featured
        at_most_one<comment_reply> reply{};                     ///< the owner's reply
    };

    struct response {
        std::uint64_t total{};         ///< all matches, on all pages
        std::vector<entry> comment{};  ///< on this page, in the service's order
    };

    required<std::uint64_t> msg_data_id;  ///< identifies the mass-sent or published message
    std::optional<index_from_0> index{};  ///< article within the message, from 0; default: the first
    std::uint32_t begin{};                ///< items to skip
    std::uint32_t count = 49;             ///< 1 to 50; the documentation disagrees on 50
    comment_filter type{};                ///< which comments to list

    /// Checks the request before it is sent.
    void check(checker& c) const { c.between("count", count, 1, c.limit.comment_page_items); }
};
BOOST_DESCRIBE_STRUCT(list, (), (msg_data_id, index, begin, count, type))
BOOST_DESCRIBE_STRUCT(list::entry, (), (user_comment_id, openid, create_time, content, comment_type, reply))
BOOST_DESCRIBE_STRUCT(list::response, (), (total, comment))

}  // namespace wxmp::inline v0_1::comment

#endif
