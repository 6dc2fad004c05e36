// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_PUBLISH_DELETE__HPP
#define WXMP_API_PUBLISH_DELETE__HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>

#include <boost/describe/class.hpp>

#include <string>

namespace wxmp::publish {

/** Deletes an article, or all of its message. The day's allowance is not given back.

    Errors: 40007, 45009, 48001.

    @see POST /cgi-bin/publish/delete
*/
struct delete_ {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/publish/delete").zero_in("errcode");

    struct response {};

    std::string media_id;  ///< of @ref uploadnews
    index_from_1 index;    ///< which article; 0: all of them
};
BOOST_DESCRIBE_STRUCT(delete_, (), (media_id, index))
BOOST_DESCRIBE_STRUCT(delete_::response, (), ())

}  // namespace wxmp::publish

#endif
