// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MEDIA_GET_JSSDK_HPP
#define WXMP_API_MEDIA_GET_JSSDK_HPP

#include <wxmp/api/media/temporary_media.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::media {

/** Downloads a voice recorded with the JS-SDK, in full quality (Speex, 16 kHz).

    @ref get returns the same voice as AMR at 8 kHz. Safe to repeat. Limited by `options::max_file`.

    Errors: 40007 (unknown, or older than three days), 45009, 48001.

    @see GET /cgi-bin/media/get/jssdk
*/
struct get_jssdk {
    static constexpr endpoint at = endpoint::get("/cgi-bin/media/get/jssdk");

    using response = temporary_media;

    required<std::string> media_id;  ///< from @ref upload, or from a message from a follower

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("media_id", media_id); }
};
BOOST_DESCRIBE_STRUCT(get_jssdk, (), (media_id))

}  // namespace wxmp::inline v0_1::media

#endif
