// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_API_DRAFT_COUNT_HPP
#define WXMP_API_DRAFT_COUNT_HPP

#include <wxmp/data/endpoint.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>

namespace wxmp::inline v0_1::draft {

/** Counts the drafts. Safe to repeat.

    Errors: 45009, 48001.

    @see GET /cgi-bin/draft/count
*/
struct count {
    static constexpr endpoint at = endpoint::get("/cgi-bin/draft/count");

    struct response {
        std::uint64_t total_count{};  ///< number of drafts
    };
};
BOOST_DESCRIBE_STRUCT(count, (), ())
BOOST_DESCRIBE_STRUCT(count::response, (), (total_count))

}  // namespace wxmp::inline v0_1::draft

#endif
