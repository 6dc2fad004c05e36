// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MATERIAL_BATCHGET_MATERIAL_HPP
#define WXMP_API_MATERIAL_BATCHGET_MATERIAL_HPP

#include <wxmp/api/stored_article.hpp>
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

namespace wxmp::inline v0_1::material {

/// Types of permanent material that can be listed.
enum class material_kind : std::uint8_t { image, video, voice, news };

/** Lists the permanent materials of one type, page by page. Safe to repeat.

    Errors: 40004 (type), 40007, 45009, 45076 (count), 48001.

    @see POST /cgi-bin/material/batchget_material
*/
struct batchget_material {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/material/batchget_material").idempotent();

    /// One material.
    struct entry {
        std::string media_id{};                                 ///< identifies it in other calls
        std::optional<stored_news> content{};                   ///< news only
        std::optional<std::string> name{};                      ///< filename; all types but news
        std::optional<std::string> url{};                       ///< images, perhaps other types
        std::optional<std::chrono::sys_seconds> update_time{};  ///< last change
    };

    struct response {
        std::uint64_t total_count{};                ///< of this type, on all pages
        std::optional<std::uint64_t> item_count{};  ///< on this page, as `item.size()`
        std::vector<entry> item{};                  ///< newest first
    };

    required<material_kind> type;  ///< type to list
    std::uint64_t offset{};        ///< items to skip
    std::uint32_t count = 20;      ///< 1 to 20

    /// Checks the request before it is sent.
    void check(checker& c) const { c.between("count", count, 1, c.limit.page_items); }
};
BOOST_DESCRIBE_STRUCT(batchget_material, (), (type, offset, count))
BOOST_DESCRIBE_STRUCT(batchget_material::entry, (), (media_id, content, name, url, update_time))
BOOST_DESCRIBE_STRUCT(batchget_material::response, (), (total_count, item_count, item))

}  // namespace wxmp::inline v0_1::material

namespace wxmp::inline v0_1 {

template <> struct wire_texts<material::material_kind> {
    static constexpr wire_text<material::material_kind> table[] = {
        {material::material_kind::image, "image"},
        {material::material_kind::video, "video"},
        {material::material_kind::voice, "voice"},
        {material::material_kind::news, "news"},
    };
};

}  // namespace wxmp::inline v0_1

#endif
