// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MEDIA_GET_HPP
#define WXMP_API_MEDIA_GET_HPP

#include <wxmp/api/media/temporary_media.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::media {

/** Downloads a temporary medium, or gets the URL of a video.

    Safe to repeat. A file is limited by `options::max_file`.

    Errors: 40007 (unknown, or older than three days), 45009, 48001.

    @see GET /cgi-bin/media/get
*/
struct get {
    static constexpr endpoint at = endpoint::get("/cgi-bin/media/get");

    using response = temporary_media;

    required<std::string> media_id;  ///< from @ref upload, or from a message from a follower

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("media_id", media_id); }
};
BOOST_DESCRIBE_STRUCT(get, (), (media_id))

}  // namespace wxmp::inline v0_1::media

#endif
