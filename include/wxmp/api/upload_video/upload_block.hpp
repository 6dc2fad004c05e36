// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_UPLOAD_VIDEO_UPLOAD_BLOCK_HPP
#define WXMP_API_UPLOAD_VIDEO_UPLOAD_BLOCK_HPP

#include <wxmp/data/body.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>
#include <wxmp/data/sha1_digest.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::upload_video {

/** Uploads one block of a video. Blocks may be sent in any order.

    Whether a block may be sent twice is not documented.

    @see POST /cgi-bin/material/upload_video?action=upload_block
*/
struct upload_block {
    static constexpr endpoint at = endpoint::post_octets("/cgi-bin/material/upload_video")
                                       .action("upload_block")
                                       .query("vid", "part_sha", "part_num")
                                       .zero_in("ret");

    struct response {};

    required<std::string> vid;        ///< from @ref init_upload
    required<sha1_digest> part_sha;   ///< SHA-1 of this block
    required<index_from_1> part_num;  ///< block number, from 1
    required<http::body> data;        ///< 1 byte to 1 MiB; not copied

    /// Checks the request before it is sent.
    void check(checker& c) const {
        c.between("part_num", part_num.value, 1, limits::none);
        c.between("data", data.size(), 1, c.limit.block_bytes, " bytes");
    }
};
BOOST_DESCRIBE_STRUCT(upload_block, (), (vid, part_sha, part_num, data))
BOOST_DESCRIBE_STRUCT(upload_block::response, (), ())

}  // namespace wxmp::inline v0_1::upload_video

#endif
