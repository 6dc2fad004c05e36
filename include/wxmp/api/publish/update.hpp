// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_PUBLISH_UPDATE_HPP
#define WXMP_API_PUBLISH_UPDATE_HPP

#include <wxmp/api/article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

namespace wxmp::inline v0_1::publish {

/** Replaces an article that is not yet submitted.

    A submitted one gives `errc::already_submitted`. Safe to repeat.

    Errors: 40007, 45003, 45004, 45009, 47001, 48001.

    @see POST /cgi-bin/publish/update
*/
struct update {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/publish/update").zero_in("errcode").idempotent();
    static constexpr std::string_view submitted_before = "invalid status";  ///< in errmsg

    struct response {};

    required<std::string> media_id;  ///< from @ref uploadnews
    required<index_from_1> index;    ///< article to replace, from 1; a message has only one
    required<article> articles;      ///< the new version: a single article, despite the name

    /// Checks the request before it is sent.
    void check(checker& c) const {
        c.between("index", index.value, 1, limits::none);
        c.inside("articles", articles);
    }
};
BOOST_DESCRIBE_STRUCT(update, (), (media_id, index, articles))
BOOST_DESCRIBE_STRUCT(update::response, (), ())

}  // namespace wxmp::inline v0_1::publish

#endif
