// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_FREEPUBLISH_GETARTICLE_HPP
#define WXMP_API_FREEPUBLISH_GETARTICLE_HPP

#include <wxmp/api/stored_article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

namespace wxmp::inline v0_1::freepublish {

/** Gets the articles of a publication. Safe to repeat.

    Errors: 45009, 48001, 53600 (no such publication).

    @see POST /cgi-bin/freepublish/getarticle
*/
struct getarticle {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/freepublish/getarticle").idempotent();

    using response = stored_news;

    required<opaque_id> article_id;  ///< from @ref get or @ref batchget

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("article_id", article_id.text); }
};
BOOST_DESCRIBE_STRUCT(getarticle, (), (article_id))

}  // namespace wxmp::inline v0_1::freepublish

#endif
