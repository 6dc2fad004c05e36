// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_FREEPUBLISH_SUBMIT_HPP
#define WXMP_API_FREEPUBLISH_SUBMIT_HPP

#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/data/required.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace wxmp::inline v0_1::freepublish {

/** Publishes a draft. The response comes at once; poll @ref get for the outcome.

    Not safe to repeat: after a lost response, look for the draft; publishing removes it from the drafts.

    Errors: 40007, 45009, 48001, 53500 (may not publish), 53501 (too often), 53503 to 53505 (the draft needs
    attention on the website).

    @see POST /cgi-bin/freepublish/submit
*/
struct submit {
    static constexpr endpoint at = endpoint::post_json("/cgi-bin/freepublish/submit").zero_in("errcode");

    struct response {
        opaque_id publish_id{};                      ///< for @ref get
        std::optional<std::uint64_t> msg_data_id{};  ///< for the `comment` calls
    };

    required<std::string> media_id;  ///< from `draft::add`

    /// Checks the request before it is sent.
    void check(checker& c) const { c.not_empty("media_id", media_id); }
};
BOOST_DESCRIBE_STRUCT(submit, (), (media_id))
BOOST_DESCRIBE_STRUCT(submit::response, (), (publish_id, msg_data_id))

}  // namespace wxmp::inline v0_1::freepublish

#endif
