// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MATERIAL_GET_MATERIAL_HPP
#define WXMP_API_MATERIAL_GET_MATERIAL_HPP

#include <wxmp/api/stored_article.hpp>
#include <wxmp/data/download.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::material {

/// A video, as described by the service.
struct video_material {
    std::optional<std::string> title{};        ///< as uploaded
    std::optional<std::string> description{};  ///< the `introduction` of @ref add_material
    std::string down_url{};                    ///< URL of the file
};
BOOST_DESCRIBE_STRUCT(video_material, (), (title, description, down_url))

/** Gets a permanent material of any type. Safe to repeat.

    A file is limited by `options::max_file`; it often has no name and the type `text/plain`.

    Errors: 40007 (unknown, or a temporary medium), 45009, 48001.

    @see POST /cgi-bin/material/get_material
*/
struct get_material {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/material/get_material").idempotent();

    /// Exactly one member is set.
    struct response {
        static constexpr std::string_view discriminators[] = {"news_item",
                                                              "down_url"};  ///< mark JSON, not a file

        std::optional<stored_news> news{};      ///< for news
        std::optional<video_material> video{};  ///< for a video
        std::optional<http::download> file{};   ///< for an image, voice or thumbnail
    };

    required<std::string> media_id;  ///< from @ref add_material or @ref batchget_material

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("media_id", media_id); }
};
BOOST_DESCRIBE_STRUCT(get_material, (), (media_id))
BOOST_DESCRIBE_STRUCT(get_material::response, (), (news, video, file))

}  // namespace wxmp::inline v0_1::material

#endif
