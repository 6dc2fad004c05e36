// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MEDIA_UPLOADIMG_HPP
#define WXMP_API_MEDIA_UPLOADIMG_HPP

#include <wxmp/api/media_type.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::media {

/** Uploads an image for use inside an article; it does not count as a material.

    JPG or PNG, at most 5 MB. Images from elsewhere are removed from an article's content. Safe to repeat.

    Errors: 40005 (file type), 40009 (size), 41005 (no file), 45009, 48001.

    @see POST /cgi-bin/media/uploadimg
*/
struct uploadimg {
    static constexpr endpoint at = endpoint::post_form("/cgi-bin/media/uploadimg").idempotent();

    struct response {
        std::string url{};  ///< for `<img src>` in the content
    };

    required<http::file> media;  ///< the image; not copied

    /// Checks the request before it is sent.
    void check(checker& c) const {
        check_file(c, "media", media, {c.limit.inline_image_bytes, c.limit.inline_image_extensions});
    }
};
BOOST_DESCRIBE_STRUCT(uploadimg, (), (media))
BOOST_DESCRIBE_STRUCT(uploadimg::response, (), (url))

}  // namespace wxmp::inline v0_1::media

#endif
