// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_COMMENT_LIST_HPP
#define WXMP_API_COMMENT_LIST_HPP

#include <wxmp/data/at_most_one.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wxmp::comment {

/// Which comments to list.
enum class comment_filter : std::uint8_t {
    all = 0,      ///< both of the others
    plain = 1,    ///< those that are not featured
    elected = 2,  ///< those that are featured
};

/// What the owner of an article answered to a comment.
struct comment_reply {
    std::string content{};       ///< the words
    unix_seconds create_time{};  ///< when
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
        std::uint64_t user_comment_id{};      ///< names it in other calls
        std::optional<std::string> openid{};  ///< who wrote it; absent if not by WeChat
        unix_seconds create_time{};           ///< when
        std::string content{};                ///< the words
        flag comment_type{};                  ///< whether it is featured
        at_most_one<comment_reply> reply{};   ///< the owner's
    };

    struct response {
        std::uint64_t total{};         ///< all that match, not only on this page
        std::vector<entry> comment{};  ///< this page, in the service's order
    };

    std::uint64_t msg_data_id;            ///< of the mass-sent or published message
    std::optional<index_from_0> index{};  ///< which article of it; absent: the first, which is 0
    std::uint32_t begin{};                ///< how many to skip
    std::uint32_t count = 49;             ///< 1 to 50; the documents disagree on 50
    comment_filter type{};                ///< which ones

    /// What is refused before it is sent.
    void check(checker& c) const { c.between("count", count, 1, c.limit.comment_page_items); }
};
BOOST_DESCRIBE_STRUCT(list, (), (msg_data_id, index, begin, count, type))
BOOST_DESCRIBE_STRUCT(list::entry, (), (user_comment_id, openid, create_time, content, comment_type, reply))
BOOST_DESCRIBE_STRUCT(list::response, (), (total, comment))

}  // namespace wxmp::comment

#endif
