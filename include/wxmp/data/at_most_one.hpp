// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_AT_MOST_ONE_HPP
#define WXMP_DATA_AT_MOST_ONE_HPP

#include <wxmp/version.hpp>

#include <optional>

namespace wxmp::inline v0_1 {

/** An optional member that some responses wrap in an array. Use it like a `std::optional`.

    Encoded bare; decoded from a bare value or an array of one. More are refused. An empty array, object or
    string is none, as some responses have it.
*/
template <class T> struct at_most_one : std::optional<T> { using std::optional<T>::optional; };

}  // namespace wxmp::inline v0_1

#endif
