// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_STORED_ARTICLE_HPP
#define WXMP_API_STORED_ARTICLE_HPP

#include <wxmp/api/article.hpp>
#include <wxmp/data/fields.hpp>

#include <boost/describe/class.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace wxmp::inline v0_1 {

/** An article as returned by the service.

    Assign it to an @ref article to send it back: that drops the members below, which only the service sets,
    and keeps unknown ones.
*/
struct stored_article : article {
    std::optional<std::string> url{};        ///< of the page; temporary for a draft
    std::optional<std::string> thumb_url{};  ///< of the cover
    std::optional<bool> is_deleted{};        ///< published, then deleted by the owner or the platform
};
BOOST_DESCRIBE_STRUCT(stored_article, (article), (url, thumb_url, is_deleted))

/// The articles of one news material, draft or publication.
struct stored_news {
    std::vector<stored_article> news_item{};                ///< in order
    std::optional<std::chrono::sys_seconds> create_time{};  ///< creation
    std::optional<std::chrono::sys_seconds> update_time{};  ///< last change
};
BOOST_DESCRIBE_STRUCT(stored_news, (), (news_item, create_time, update_time))

}  // namespace wxmp::inline v0_1

#endif
