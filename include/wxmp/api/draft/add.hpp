// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_DRAFT_ADD_HPP
#define WXMP_API_DRAFT_ADD_HPP

#include <wxmp/api/article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <vector>

namespace wxmp::inline v0_1::draft {

/** Creates a draft of one to eight articles.

    Publishing it removes it from the drafts. Not safe to repeat: each success creates another draft.

    Errors: 40007 (cover), 45003 (title too long), 45004 (digest too long), 45008 (articles),
    45009, 47001, 48001, 88000 (comments not allowed).

    @see POST /cgi-bin/draft/add
*/
struct add {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/draft/add");

    /// The service also sends an `item`, an empty list without a meaning: it is not kept.
    struct response {
        std::string media_id{};  ///< identifies the draft in later calls
    };

    required<std::vector<article>> articles;  ///< one to eight

    /// Checks the request before it is sent.
    void check(checker& c) const {
        c.between("articles", articles.size(), 1, c.limit.articles, " articles");
        c.each("articles", articles);
    }
};
BOOST_DESCRIBE_STRUCT(add, (), (articles))
BOOST_DESCRIBE_STRUCT(add::response, (), (media_id))

}  // namespace wxmp::inline v0_1::draft

#endif
