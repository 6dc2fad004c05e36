// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_UPLOAD_VIDEO_QUERY_STATUS_HPP
#define WXMP_API_UPLOAD_VIDEO_QUERY_STATUS_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace wxmp::inline v0_1::upload_video {

/// Status of a video.
enum class video_status : std::int32_t {
    checking = 0,            ///< under review
    check_failed = 2,        ///< refused
    passed = 3,              ///< may be used in articles
    transcoding = 4,         ///< being converted
    transcoding_failed = 5,  ///< cannot be converted
    forbidden = 9,           ///< banned
    deleted = 10,            ///< gone
};

/// Whether a video is an original.
enum class originality : std::int32_t {
    unmarked = 0,  ///< not determined
    original = 1,  ///< recognised as the original
    reprint = 2,   ///< recognised as a copy
};

/** Gets the status of a video. Safe to repeat.

    @see POST /cgi-bin/material/upload_video?action=query_status
*/
struct query_status {
    static constexpr endpoint at =
        endpoint::post_empty("/cgi-bin/material/upload_video").action("query_status").idempotent();

    struct response {
        video_status status{};                                      ///< unknown values are kept
        std::optional<originality> ori_status{};                    ///< unknown values are kept
        std::optional<std::string> mp_video_fail_detail_wording{};  ///< why it was refused, or `check pass`
        std::optional<std::string> vid{};                           ///< for the article's iframe
    };

    required<std::string> media_id;  ///< from @ref save_video
};
BOOST_DESCRIBE_STRUCT(query_status, (), (media_id))
BOOST_DESCRIBE_STRUCT(query_status::response, (), (status, ori_status, mp_video_fail_detail_wording, vid))

}  // namespace wxmp::inline v0_1::upload_video

#endif
