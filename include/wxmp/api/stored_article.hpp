// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_STORED_ARTICLE_HPP
#define WXMP_API_STORED_ARTICLE_HPP

#include <wxmp/api/article.hpp>
#include <wxmp/data/fields.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wxmp {

/** An article as the service gives it out.

    Assign it to an @ref article to send it back: what is cut off is the service's own, and members that this
    library has no name for are kept.
*/
struct stored_article : article {
    std::optional<std::string> url{};        ///< of the page; of a draft: for a while only
    std::optional<std::string> thumb_url{};  ///< of the cover
    std::optional<bool> is_deleted{};        ///< of a publication that the owner or the service took back
};
BOOST_DESCRIBE_STRUCT(stored_article, (article), (url, thumb_url, is_deleted))

/// The articles of one news material, draft or publication.
struct stored_news {
    std::vector<stored_article> news_item{};    ///< in their order
    std::optional<unix_seconds> create_time{};  ///< when it was stored
    std::optional<unix_seconds> update_time{};  ///< when it was last changed
};
BOOST_DESCRIBE_STRUCT(stored_news, (), (news_item, create_time, update_time))

}  // namespace wxmp

#endif
