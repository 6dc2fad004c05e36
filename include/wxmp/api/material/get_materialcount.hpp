// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MATERIAL_GET_MATERIALCOUNT_HPP
#define WXMP_API_MATERIAL_GET_MATERIALCOUNT_HPP

#include <wxmp/data/endpoint.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>

namespace wxmp::inline v0_1::material {

/** Counts the permanent materials, including those created on the website. Safe to repeat.

    Errors: -1, 45009, 48001.

    @see GET /cgi-bin/material/get_materialcount
*/
struct get_materialcount {
    static constexpr endpoint at = endpoint::get("/cgi-bin/material/get_materialcount");

    struct response {
        std::uint64_t voice_count{};  ///< at most 1 000
        std::uint64_t video_count{};  ///< at most 1 000
        std::uint64_t image_count{};  ///< at most 100 000; older documentation says 5 000
        std::uint64_t news_count{};   ///< at most 5 000
    };
};
BOOST_DESCRIBE_STRUCT(get_materialcount, (), ())
BOOST_DESCRIBE_STRUCT(get_materialcount::response, (), (voice_count, video_count, image_count, news_count))

}  // namespace wxmp::inline v0_1::material

#endif
