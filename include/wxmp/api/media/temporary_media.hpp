// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MEDIA_TEMPORARY_MEDIA_HPP
#define WXMP_API_MEDIA_TEMPORARY_MEDIA_HPP

#include <wxmp/data/download.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::media {

/// The URL of a video.
struct video_link {
    std::string video_url{};  ///< of the file, often plain http
};
BOOST_DESCRIBE_STRUCT(video_link, (), (video_url))

/// A temporary medium. Exactly one member is set.
struct temporary_media {
    static constexpr std::string_view discriminators[] = {"video_url"};  ///< marks JSON, not a file

    std::optional<video_link> video{};     ///< for a video
    std::optional<http::download> file{};  ///< for all other types
};
BOOST_DESCRIBE_STRUCT(temporary_media, (), (video, file))

}  // namespace wxmp::inline v0_1::media

#endif
