// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MATERIAL_BATCHGET_MATERIAL_HPP
#define WXMP_API_MATERIAL_BATCHGET_MATERIAL_HPP

#include <wxmp/api/stored_article.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wxmp::material {

/// The kinds of permanent material that can be listed.
enum class material_kind : std::uint8_t { image, video, voice, news };

/** Lists the permanent materials of one kind, page by page. Safe to repeat.

    Errors: 40004 (type), 40007, 45009, 45076 (count), 48001.

    @see POST /cgi-bin/material/batchget_material
*/
struct batchget_material {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/material/batchget_material").idempotent();

    /// One material.
    struct entry {
        std::string media_id{};                ///< names it in other calls
        std::optional<stored_news> content{};  ///< of a news only
        std::optional<std::string> name{};     ///< of all others: the filename
        std::optional<std::string> url{};      ///< of an image, perhaps of others
        unix_seconds update_time{};            ///< when it was last changed
    };

    struct response {
        std::uint64_t total_count{};  ///< of this kind, not only on this page
        std::uint64_t item_count{};   ///< on this page
        std::vector<entry> item{};    ///< the newest first
    };

    material_kind type;        ///< which kind
    std::uint64_t offset{};    ///< how many to skip
    std::uint32_t count = 20;  ///< 1 to 20

    /// What is refused before it is sent.
    void check(checker& c) const { c.between("count", count, 1, c.limit.page_items); }
};
BOOST_DESCRIBE_STRUCT(batchget_material, (), (type, offset, count))
BOOST_DESCRIBE_STRUCT(batchget_material::entry, (), (media_id, content, name, url, update_time))
BOOST_DESCRIBE_STRUCT(batchget_material::response, (), (total_count, item_count, item))

}  // namespace wxmp::material

namespace wxmp {

template <> struct wire_texts<material::material_kind> {
    static constexpr wire_text<material::material_kind> table[] = {
        {material::material_kind::image, "image"},
        {material::material_kind::video, "video"},
        {material::material_kind::voice, "voice"},
        {material::material_kind::news, "news"},
    };
};

}  // namespace wxmp

#endif
