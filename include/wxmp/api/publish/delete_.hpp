// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_PUBLISH_DELETE_HPP
#define WXMP_API_PUBLISH_DELETE_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::inline v0_1::publish {

/** Deletes one or all articles of a message. This does not restore the daily quota.

    Errors: 40007, 45009, 48001.

    @see POST /cgi-bin/publish/delete
*/
struct delete_ {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/publish/delete").zero_in("errcode");

    struct response {};

    required<std::string> media_id;  ///< from @ref uploadnews
    required<index_from_1> index;    ///< article to delete, from 1; 0: all
};
BOOST_DESCRIBE_STRUCT(delete_, (), (media_id, index))
BOOST_DESCRIBE_STRUCT(delete_::response, (), ())

}  // namespace wxmp::inline v0_1::publish

#endif
