// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_SRC_HPP
#define WXMP_SRC_HPP

/** @file
    Compiles Boost.JSON: include it in exactly one translation unit of a program that does not link it.

    Boost 1.81 has no inline mode. No other header of the library includes it, and neither does the single
    header: who vendors that one includes `<boost/json/src.hpp>` once.
*/

#include <boost/json/src.hpp>  // IWYU pragma: export

#endif
