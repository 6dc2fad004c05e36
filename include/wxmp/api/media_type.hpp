// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MEDIA_TYPE_HPP
#define WXMP_API_MEDIA_TYPE_HPP

#include <wxmp/data/body.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

/// Types of media that are uploaded in one request.
enum class media_type : std::uint8_t { image, voice, video, thumb };

template <> struct wire_texts<media_type> {
    static constexpr wire_text<media_type> table[] = {{media_type::image, "image"},
                                                      {media_type::voice, "voice"},
                                                      {media_type::video, "video"},
                                                      {media_type::thumb, "thumb"}};
};

/// Limits on a file of one media type.
struct media_limits {
    std::uint64_t bytes{};     ///< maximum size
    std::string extensions{};  ///< lower case, space-separated; empty: any
};

/// Checks a file to upload: not empty, not too large, with an extension that the service accepts.
inline void check_file(checker& check, std::string_view field, const http::file& f, const media_limits& l) {
    check.between(field, f.content.size(), 1, l.bytes, " bytes");
    check.extension(field, f.filename, l.extensions);
}

/// Limits for a permanent material.
inline media_limits material_limits(const limits& l, media_type type) {
    switch (type) {
    case media_type::image: return {l.image_bytes, l.image_extensions};
    case media_type::voice: return {l.voice_bytes, l.voice_extensions};
    case media_type::video: return {l.media_video_bytes, l.video_extensions};
    case media_type::thumb: return {l.thumb_bytes, l.thumb_extensions};
    }
    return {limits::none, {}};
}

/// Limits for a temporary medium, which the service keeps for three days.
inline media_limits temporary_limits(const limits& l, media_type type) {
    auto out = material_limits(l, type);
    if (type == media_type::image) out.extensions = l.temporary_image_extensions;
    if (type == media_type::voice) out.extensions = l.temporary_voice_extensions;
    return out;
}

}  // namespace wxmp::inline v0_1

#endif
