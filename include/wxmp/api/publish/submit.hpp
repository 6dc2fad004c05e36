// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_PUBLISH_SUBMIT_HPP
#define WXMP_API_PUBLISH_SUBMIT_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

namespace wxmp::publish {

/** Submits an article for review; once passed it is public.

    At most 200 articles a day, deleted ones included. Not safe to repeat after a lost answer; an article
    that was submitted before gives `errc::already_submitted`.

    Errors: 40007, 45009, 45028, 48001.

    @see POST /cgi-bin/publish/submit
*/
struct submit {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/publish/submit").zero_in("errcode");
    static constexpr std::string_view submitted_before = "abnormal status";  ///< how errmsg says it

    struct response {};

    std::string media_id;          ///< of @ref uploadnews
    constant<"mpnews"> msgtype{};  ///< always the same
};
BOOST_DESCRIBE_STRUCT(submit, (), (media_id, msgtype))
BOOST_DESCRIBE_STRUCT(submit::response, (), ())

}  // namespace wxmp::publish

#endif
