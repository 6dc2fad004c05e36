// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_UPLOAD_VIDEO_UPLOAD_FINISH_HPP
#define WXMP_API_UPLOAD_VIDEO_UPLOAD_FINISH_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::upload_video {

/** Completes an upload after its last block. Whether it may be repeated is not documented.

    @see POST /cgi-bin/material/upload_video?action=upload_finish
*/
struct upload_finish {
    static constexpr endpoint at =
        endpoint::post_empty("/cgi-bin/material/upload_video").action("upload_finish").zero_in("ret");

    struct response {};

    required<std::string> vid;  ///< from @ref init_upload
};
BOOST_DESCRIBE_STRUCT(upload_finish, (), (vid))
BOOST_DESCRIBE_STRUCT(upload_finish::response, (), ())

}  // namespace wxmp::inline v0_1::upload_video

#endif
