// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_UPLOAD_VIDEO_INIT_UPLOAD_HPP
#define WXMP_API_UPLOAD_VIDEO_INIT_UPLOAD_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>
#include <wxmp/data/sha1_digest.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>

namespace wxmp::inline v0_1::upload_video {

/** Starts the upload of a video in blocks.

    Not safe to repeat: each success starts another upload. The lifetime of a `vid` is not documented.

    @see POST /cgi-bin/material/upload_video?action=init_upload
*/
struct init_upload {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/material/upload_video").action("init_upload").zero_in("ret");

    struct response {
        std::string vid{};  ///< identifies the upload, later the video; `wxv_922551652211605504`
    };

    required<std::string> filename;    ///< with an extension
    required<sha1_digest> filesha;     ///< SHA-1 of the whole file
    required<std::uint64_t> filesize;  ///< in bytes, 1 byte to 2 GiB

    /// Checks the request before it is sent.
    void check(checker& c) const {
        c.not_empty("filename", filename);
        c.extension("filename", filename, c.limit.video_extensions);
        c.between("filesize", filesize, 1, c.limit.video_bytes, " bytes");
    }
};
BOOST_DESCRIBE_STRUCT(init_upload, (), (filename, filesha, filesize))
BOOST_DESCRIBE_STRUCT(init_upload::response, (), (vid))

}  // namespace wxmp::inline v0_1::upload_video

#endif
