// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MEDIA_TEMPORARY_MEDIA_HPP
#define WXMP_API_MEDIA_TEMPORARY_MEDIA_HPP

#include <wxmp/data/download.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wxmp::media {

/// Where a video is to be fetched.
struct video_link {
    std::string video_url{};  ///< of the file, often by plain http
};
BOOST_DESCRIBE_STRUCT(video_link, (), (video_url))

/// A medium that was fetched. Exactly one member is set.
struct temporary_media {
    static constexpr std::string_view told_by[] = {"video_url"};  ///< tells an answer in JSON from a file

    std::optional<video_link> video{};     ///< of a video
    std::optional<http::download> file{};  ///< of all else
};
BOOST_DESCRIBE_STRUCT(temporary_media, (), (video, file))

}  // namespace wxmp::media

#endif
