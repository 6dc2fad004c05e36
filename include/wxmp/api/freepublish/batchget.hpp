// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_FREEPUBLISH_BATCHGET_HPP
#define WXMP_API_FREEPUBLISH_BATCHGET_HPP

#include <wxmp/api/stored_article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>

#include <boost/describe/class.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace wxmp::inline v0_1::freepublish {

/** Lists the publications, page by page. Safe to repeat.

    Errors: 45009, 45076 (count), 48001.

    @see POST /cgi-bin/freepublish/batchget
*/
struct batchget {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/freepublish/batchget").idempotent();

    /// One publication.
    struct entry {
        opaque_id article_id{};                                 ///< identifies it in other calls
        std::optional<stored_news> content{};                   ///< its articles
        std::optional<std::chrono::sys_seconds> update_time{};  ///< last change; may be in `content` only
    };

    struct response {
        std::uint64_t total_count{};                ///< on all pages
        std::optional<std::uint64_t> item_count{};  ///< on this page, as `item.size()`
        std::vector<entry> item{};                  ///< newest first
    };

    std::uint64_t offset{};            ///< items to skip
    std::uint32_t count = 20;          ///< 1 to 20
    std::optional<flag> no_content{};  ///< omits the text of the articles

    /// Checks the request before it is sent.
    void check(checker& c) const { c.between("count", count, 1, c.limit.page_items); }
};
BOOST_DESCRIBE_STRUCT(batchget, (), (offset, count, no_content))
BOOST_DESCRIBE_STRUCT(batchget::response, (), (total_count, item_count, item))
BOOST_DESCRIBE_STRUCT(batchget::entry, (), (article_id, content, update_time))

}  // namespace wxmp::inline v0_1::freepublish

#endif
