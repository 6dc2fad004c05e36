// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_DRAFT_UPDATE_HPP
#define WXMP_API_DRAFT_UPDATE_HPP

#include <wxmp/api/article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::draft {

/** Replaces one article of a draft. Safe to repeat.

    Members left out of the new version are lost: start from the article that @ref get returns.

    Errors: 40007 (cover), 45003 (title too long), 45004 (digest too long), 45009, 47001, 48001,
    88000 (comments not allowed).

    @see POST /cgi-bin/draft/update
*/
struct update {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/draft/update").zero_in("errcode").idempotent();

    struct response {};

    required<std::string> media_id;  ///< from @ref add or @ref batchget
    required<index_from_0> index;    ///< article to replace, from 0
    required<article> articles;      ///< the new version: a single article, despite the name

    /// Checks the request before it is sent.
    void check(checker& c) const {
        c.not_empty("media_id", media_id);
        c.between("index", index.value, 0, c.limit.articles - 1);
        c.inside("articles", articles);
    }
};
BOOST_DESCRIBE_STRUCT(update, (), (media_id, index, articles))
BOOST_DESCRIBE_STRUCT(update::response, (), ())

}  // namespace wxmp::inline v0_1::draft

#endif
