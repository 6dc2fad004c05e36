// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_AT_MOST_ONE_HPP
#define WXMP_DATA_AT_MOST_ONE_HPP

#include <wxmp/version.hpp>

#include <optional>

namespace wxmp {

/** An optional member that some answers wrap into an array. Use it like the `std::optional` that it is.

    Sent bare; accepted bare, as an array of one, and as an empty array for nothing. More than one is refused.
*/
template <class T> struct at_most_one : std::optional<T> { using std::optional<T>::optional; };

}  // namespace wxmp

#endif
