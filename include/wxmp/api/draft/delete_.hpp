// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_DRAFT_DELETE_HPP
#define WXMP_API_DRAFT_DELETE_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::draft {

/** Deletes a draft; this cannot be undone.

    Safe to repeat: if the response to a successful call was lost, the next call may return 40007.

    Errors: 40007 (unknown, or published since), 45009, 48001.

    @see POST /cgi-bin/draft/delete
*/
struct delete_ {
    static constexpr endpoint at =
        endpoint::post_json("/cgi-bin/draft/delete").zero_in("errcode").idempotent();

    struct response {};

    required<std::string> media_id;  ///< from @ref add or @ref batchget

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("media_id", media_id); }
};
BOOST_DESCRIBE_STRUCT(delete_, (), (media_id))
BOOST_DESCRIBE_STRUCT(delete_::response, (), ())

}  // namespace wxmp::inline v0_1::draft

#endif
