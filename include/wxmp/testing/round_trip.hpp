// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_ROUND_TRIP_HPP
#define WXMP_TESTING_ROUND_TRIP_HPP

#include <wxmp/codec/members.hpp>
#include <wxmp/testing/failures.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

namespace wxmp::inline v0_1::testing {

/** Decodes a text as a `T`, encodes that, and decodes and encodes it again, which must give the same text.

    For fuzzers: a text that is not decoded is no failure.

    @return What differs; empty on success.
*/
template <encodable T> failures check_round_trip(std::string_view text) {
    const auto decoded = decode<T>(text);
    if (!decoded) return {};
    const auto encoded = encode(*decoded);
    if (!encoded) return {"decoded, but not encoded: " + encoded.error().message()};
    const auto again = decode<T>(*encoded);
    if (!again) return {"encoded as " + *encoded + ", but not decoded again: " + again.error().message()};
    const auto twice = encode(*again);
    if (!twice) return {"decoded again, but not encoded: " + twice.error().message()};
    if (*twice != *encoded) return {"encoded as " + *encoded + ", then as " + *twice};
    return {};
}

}  // namespace wxmp::inline v0_1::testing

#endif
