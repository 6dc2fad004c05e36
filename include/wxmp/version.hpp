// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_VERSION_HPP
#define WXMP_VERSION_HPP

#if defined(_MSVC_LANG) ? _MSVC_LANG < 202002L : __cplusplus < 202002L
#error "wxmp needs C++20: compile with -std=c++20 or later"
#endif

/** @file
    The version of the library as macros, so that code can ask for it in `#if`.

    The only place that holds the version: the build files read it from here. Each header includes this one
    before anything else, so that an older language is the first thing that a compiler complains of.

    All names are in an inline namespace `v` MAJOR `_` MINOR: in a program that mixes two such versions, each
    part uses its own.
*/

#define WXMP_VERSION_MAJOR  0        ///< grows with an incompatible change once it is 1
#define WXMP_VERSION_MINOR  1        ///< grows with every change of the interface
#define WXMP_VERSION_PATCH  0        ///< grows with every other release
#define WXMP_VERSION_STRING "0.1.0"  ///< the same as text: major.minor.patch

#endif
