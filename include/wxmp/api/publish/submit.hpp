// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_PUBLISH_SUBMIT_HPP
#define WXMP_API_PUBLISH_SUBMIT_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

namespace wxmp::inline v0_1::publish {

/** Submits an article for review; it is published once it passes.

    At most 200 articles a day, deleted ones included. Not safe to repeat after a lost response; an article
    that is already submitted gives `errc::already_submitted`.

    Errors: 40007, 45009, 45028, 48001.

    @see POST /cgi-bin/publish/submit
*/
struct submit {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/publish/submit").zero_in("errcode");
    static constexpr std::string_view submitted_before = "abnormal status";  ///< in errmsg

    struct response {};

    required<std::string> media_id;  ///< from @ref uploadnews
    constant<"mpnews"> msgtype{};    ///< fixed
};
BOOST_DESCRIBE_STRUCT(submit, (), (media_id, msgtype))
BOOST_DESCRIBE_STRUCT(submit::response, (), ())

}  // namespace wxmp::inline v0_1::publish

#endif
