// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MEDIA_UPLOAD_HPP
#define WXMP_API_MEDIA_UPLOAD_HPP

#include <wxmp/api/media_type.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace wxmp::inline v0_1::media {

/** Uploads an image, voice, video or thumbnail, which is kept for three days.

    Image 10 MB, voice 2 MB and 60 s (AMR, MP3), video 10 MB (MP4), thumb 64 KB (JPG); older documentation
    says 1 MB for an image. Safe to repeat: a duplicate expires after three days, too.

    Errors: 40004 (type), 40005 (file type), 40006, 40009 to 40012 (size), 41005 (no file), 45001, 45007,
    45009, 48001.

    @see POST /cgi-bin/media/upload
*/
struct upload {
    static constexpr endpoint at = endpoint::post_form("/cgi-bin/media/upload").query("type").idempotent();

    struct response {
        std::optional<media_type> type{};                      ///< as requested
        std::optional<std::string> media_id{};                 ///< for all but thumb; use @ref id
        std::optional<std::string> thumb_media_id{};           ///< for thumb; use @ref id
        std::optional<std::chrono::sys_seconds> created_at{};  ///< start of the three days

        /// The ID for later calls, from whichever member is set; empty if neither is.
        [[nodiscard]] std::string id() const { return media_id ? *media_id : thumb_media_id.value_or(""); }
    };

    required<media_type> type;   ///< media type of the file
    required<http::file> media;  ///< the file; not copied

    /// Checks the request before it is sent.
    void check(checker& c) const { check_file(c, "media", media, temporary_limits(c.limit, type)); }
};
BOOST_DESCRIBE_STRUCT(upload, (), (type, media))
BOOST_DESCRIBE_STRUCT(upload::response, (), (type, media_id, thumb_media_id, created_at))

}  // namespace wxmp::inline v0_1::media

#endif
