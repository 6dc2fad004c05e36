// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MATERIAL_ADD_MATERIAL_HPP
#define WXMP_API_MATERIAL_ADD_MATERIAL_HPP

#include <wxmp/api/media_type.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace wxmp::inline v0_1::material {

/// Title and introduction of a video.
struct video_description {
    required<std::string> title;  ///< of the video
    std::string introduction{};   ///< a few sentences
};
BOOST_DESCRIBE_STRUCT(video_description, (), (title, introduction))

/** Uploads an image, voice, video or thumbnail as a permanent material.

    Not safe to repeat: each success creates another material. At most 100 000 images and 1 000 of each other
    type; image 10 MB, voice 2 MB and 60 s, video 10 MB, thumb 64 KB.

    Errors: 40004, 40005 (file type), 40006, 40009 to 40012 (size), 41005 (no file), 45001, 45034 (store is
    full), 48001.

    @see POST /cgi-bin/material/add_material
*/
struct add_material {
    static constexpr endpoint at = endpoint::post_form("/cgi-bin/material/add_material").query("type");

    struct response {
        std::string media_id{};            ///< identifies the material in later calls
        std::optional<std::string> url{};  ///< images only; usable inside articles
    };

    required<media_type> type;                       ///< media type of the file
    required<http::file> media;                      ///< the file; not copied
    std::optional<video_description> description{};  ///< required for a video

    /// Checks the request before it is sent.
    void check(checker& c) const {
        check_file(c, "media", media, material_limits(c.limit, type));
        if (type == media_type::video) c.present("description", description.has_value());
        if (description) c.characters("description/title", description->title, c.limit.title_characters);
    }
};
BOOST_DESCRIBE_STRUCT(add_material, (), (type, media, description))
BOOST_DESCRIBE_STRUCT(add_material::response, (), (media_id, url))

}  // namespace wxmp::inline v0_1::material

#endif
