// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_UPLOAD_VIDEO_SAVE_VIDEO_HPP
#define WXMP_API_UPLOAD_VIDEO_SAVE_VIDEO_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wxmp::inline v0_1::upload_video {

/** Creates a video from a finished upload.

    Never repeat it blindly: each success creates another video, and no call tells whether one whose response
    was lost succeeded.

    The types of `newcat`, `newsbcat` and `tags` are not documented; strings and an array of strings are
    assumed.

    @see POST /cgi-bin/material/upload_video?action=save_video
*/
struct save_video {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/material/upload_video").action("save_video").zero_in("ret");

    struct response {
        std::string media_id{};  ///< for @ref query_status
    };

    required<std::string> title;                     ///< at most 64 characters
    required<std::string> video_desc;                ///< a few sentences
    required<std::string> content;                   ///< the `vid` of @ref init_upload
    required<flag> declare_ori;                      ///< claims to be the original
    std::optional<std::string> newcat{};             ///< first-level category
    std::optional<std::string> newsbcat{};           ///< second-level category (the wire's spelling)
    std::optional<std::vector<std::string>> tags{};  ///< at most 5
    std::optional<std::string> cover_url{};          ///< of the cover picture

    /// Checks the request before it is sent.
    void check(checker& c) const {
        c.not_empty("title", title);
        c.characters("title", title, c.limit.title_characters);
        if (tags) c.at_most("tags", tags->size(), c.limit.video_tags, " tags");
    }
};
BOOST_DESCRIBE_STRUCT(save_video, (),
                      (title, video_desc, content, declare_ori, newcat, newsbcat, tags, cover_url))
BOOST_DESCRIBE_STRUCT(save_video::response, (), (media_id))

}  // namespace wxmp::inline v0_1::upload_video

#endif
