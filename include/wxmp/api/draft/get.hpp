// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_DRAFT_GET_HPP
#define WXMP_API_DRAFT_GET_HPP

#include <wxmp/api/stored_article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::draft {

/** Gets a draft. Safe to repeat.

    Errors: 40007 (unknown, or published since), 45009, 48001.

    @see POST /cgi-bin/draft/get
*/
struct get {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/draft/get").idempotent();

    using response = stored_news;

    required<std::string> media_id;  ///< from @ref add or @ref batchget

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("media_id", media_id); }
};
BOOST_DESCRIBE_STRUCT(get, (), (media_id))

}  // namespace wxmp::inline v0_1::draft

#endif
