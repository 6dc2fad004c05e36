// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_FREEPUBLISH_DELETE_HPP
#define WXMP_API_FREEPUBLISH_DELETE_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <optional>

namespace wxmp::inline v0_1::freepublish {

/** Deletes a publication, or one article of it; this cannot be undone.

    Not retried automatically: whether the other articles keep their indices is not documented.

    Errors: 45009, 48001, 53600 (no such publication).

    @see POST /cgi-bin/freepublish/delete
*/
struct delete_ {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/freepublish/delete").zero_in("errcode");

    struct response {};

    required<opaque_id> article_id;       ///< from @ref get or @ref batchget
    std::optional<index_from_1> index{};  ///< article to delete, from 1; absent or 0: all

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("article_id", article_id.text); }
};
BOOST_DESCRIBE_STRUCT(delete_, (), (article_id, index))
BOOST_DESCRIBE_STRUCT(delete_::response, (), ())

}  // namespace wxmp::inline v0_1::freepublish

#endif
