// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MATERIAL_UPDATE_NEWS_HPP
#define WXMP_API_MATERIAL_UPDATE_NEWS_HPP

#include <wxmp/api/article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::material {

/** Replaces one article of a permanent news material.

    Closed to new accounts since 2022 (45106); use `draft::update` instead. Safe to repeat. Older
    documentation shows `articles` as an array, which the service refuses.

    Errors: 40007 (cover), 45003 (title too long), 45004 (digest too long), 45009, 45106, 47001,
    48001, 48010 (may not be changed), 88000 (comments not allowed).

    @see POST /cgi-bin/material/update_news
*/
struct update_news {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/material/update_news").zero_in("errcode").idempotent();

    struct response {};

    required<std::string> media_id;  ///< from @ref add_news
    required<index_from_0> index;    ///< article to replace, from 0
    required<article> articles;      ///< the new version: a single article, despite the name

    /// Checks the request before it is sent.
    void check(checker& c) const {
        c.not_empty("media_id", media_id);
        c.between("index", index.value, 0, c.limit.articles - 1);
        c.inside("articles", articles);
    }
};
BOOST_DESCRIBE_STRUCT(update_news, (), (media_id, index, articles))
BOOST_DESCRIBE_STRUCT(update_news::response, (), ())

}  // namespace wxmp::inline v0_1::material

#endif
