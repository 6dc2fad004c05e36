// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_PUBLISH_UPDATE_HPP
#define WXMP_API_PUBLISH_UPDATE_HPP

#include <wxmp/api/article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

namespace wxmp::publish {

/** Changes an article that is not submitted yet.

    One that was submitted gives `errc::already_submitted`. Safe to repeat.

    Errors: 40007, 45003, 45004, 45009, 47001, 48001.

    @see POST /cgi-bin/publish/update
*/
struct update {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/publish/update").zero_in("errcode").idempotent();
    static constexpr std::string_view submitted_before = "invalid status";  ///< how errmsg says it

    struct response {};

    std::string media_id;  ///< of @ref uploadnews
    index_from_1 index;    ///< which article: 1, as long as there is one only
    article articles;      ///< the new text: one article in spite of the name

    /// What is refused before it is sent.
    void check(checker& c) const {
        c.between("index", index.value, 1, limits::none);
        c.inside("articles", articles);
    }
};
BOOST_DESCRIBE_STRUCT(update, (), (media_id, index, articles))
BOOST_DESCRIBE_STRUCT(update::response, (), ())

}  // namespace wxmp::publish

#endif
