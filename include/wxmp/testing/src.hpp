// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_SRC_HPP
#define WXMP_TESTING_SRC_HPP

/** @file
    Compiled part of the simulator: include it in exactly one translation unit of a program that uses
    @ref wxmp::testing::platform, besides wxmp/src.hpp; not where the program links `wxmp-testing`.
*/

#include <wxmp/testing/detail/source/calls.hpp>

#endif
