// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_DRAFT_SWITCH_HPP
#define WXMP_API_DRAFT_SWITCH_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>

#include <boost/describe/class.hpp>

#include <optional>

namespace wxmp::inline v0_1::draft {

/** Permanently enables drafts and publishing for the account, or only queries whether they are.

    Needed for accounts that are older than drafts. Safe to repeat.

    Errors: 45009, 48001.

    @see POST /cgi-bin/draft/switch
*/
struct switch_ {
    static constexpr endpoint at =
        endpoint::post_empty("/cgi-bin/draft/switch").zero_in("errcode").idempotent();

    struct response {
        flag is_open{};  ///< whether they are enabled
    };

    std::optional<flag> checkonly{};  ///< only queries; changes nothing
};
BOOST_DESCRIBE_STRUCT(switch_, (), (checkonly))
BOOST_DESCRIBE_STRUCT(switch_::response, (), (is_open))

}  // namespace wxmp::inline v0_1::draft

#endif
