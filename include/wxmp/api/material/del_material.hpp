// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_MATERIAL_DEL_MATERIAL_HPP
#define WXMP_API_MATERIAL_DEL_MATERIAL_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::material {

/** Deletes a permanent material; this cannot be undone.

    Safe to repeat: if the response to a successful call was lost, the next call returns 40007.

    Errors: 40007 (unknown, or a temporary medium), 45009, 45060 and 48005 (used by a menu or an automatic
    reply), 48001.

    @see POST /cgi-bin/material/del_material
*/
struct del_material {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/material/del_material").zero_in("errcode").idempotent();

    struct response {};

    required<std::string> media_id;  ///< from @ref add_material or @ref batchget_material

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("media_id", media_id); }
};
BOOST_DESCRIBE_STRUCT(del_material, (), (media_id))
BOOST_DESCRIBE_STRUCT(del_material::response, (), ())

}  // namespace wxmp::inline v0_1::material

#endif
