// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_VIDEO_DETAILS_HPP
#define WXMP_FLOW_VIDEO_DETAILS_HPP

#include <wxmp/api/upload_video/save_video.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

/// What the caller of an @ref upload says of the video. The names are those of @ref upload_video::save_video,
/// whose `content` the upload knows.
struct video_details {
    required<std::string> title;                     ///< at most 64 characters
    required<std::string> video_desc;                ///< a few sentences
    required<flag> declare_ori;                      ///< claims to be the original
    std::optional<std::string> newcat{};             ///< first-level category
    std::optional<std::string> newsbcat{};           ///< second-level category (the wire's spelling)
    std::optional<std::vector<std::string>> tags{};  ///< at most 5
    std::optional<std::string> cover_url{};          ///< of the cover picture
};
BOOST_DESCRIBE_STRUCT(video_details, (), (title, video_desc, declare_ori, newcat, newsbcat, tags, cover_url))

namespace detail {

inline upload_video::save_video to_request(video_details v, std::string vid) {
    return {.title = std::move(v.title),
            .video_desc = std::move(v.video_desc),
            .content = std::move(vid),
            .declare_ori = v.declare_ori,
            .newcat = std::move(v.newcat),
            .newsbcat = std::move(v.newsbcat),
            .tags = std::move(v.tags),
            .cover_url = std::move(v.cover_url)};
}

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
