// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_PUBLISH_UPLOADNEWS_HPP
#define WXMP_API_PUBLISH_UPLOADNEWS_HPP

#include <wxmp/api/article.hpp>
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

namespace wxmp::inline v0_1::publish {

/** Adds an article to the publishing library, without submitting it.

    Not safe to repeat: each success adds another article.

    Errors: 40007 (thumb), 45003 (title too long), 45004 (digest too long), 45009, 47001, 48001.

    @see POST /cgi-bin/publish/uploadnews
*/
struct uploadnews {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/publish/uploadnews");

    /// One article, as listed in the response.
    struct entry {
        std::optional<std::uint32_t> index{};     ///< index within the message
        std::optional<std::uint32_t> ad_count{};  ///< number of advertisements in it
    };

    struct response {
        std::optional<std::string> type{};                    ///< `news`
        std::string media_id{};                               ///< identifies the article in later calls
        std::optional<std::chrono::sys_seconds> create_at{};  ///< creation time (the wire's spelling)
        std::optional<std::vector<entry>> item{};             ///< one per article
    };

    required<std::vector<article>> articles;  ///< exactly one

    /// Checks the request before it is sent.
    void check(checker& c) const {
        c.between("articles", articles.size(), c.limit.articles_in_uploadnews, c.limit.articles_in_uploadnews,
                  " articles");
        c.each("articles", articles);
    }
};
BOOST_DESCRIBE_STRUCT(uploadnews, (), (articles))
BOOST_DESCRIBE_STRUCT(uploadnews::entry, (), (index, ad_count))
BOOST_DESCRIBE_STRUCT(uploadnews::response, (), (type, media_id, create_at, item))

}  // namespace wxmp::inline v0_1::publish

#endif
