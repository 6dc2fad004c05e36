// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_SRC_HPP
#define WXMP_TESTING_SRC_HPP

/** @file
    What is compiled once of the simulated platform: a program that uses @ref wxmp::testing::platform includes
    it in exactly one translation unit, besides wxmp/src.hpp.
*/

#include <wxmp/testing/detail/source/calls.hpp>

#endif
