// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_VERSION_HPP
#define WXMP_VERSION_HPP

/** @file
    The version of the library as macros, so that code can ask for it in `#if`.

    The only place that holds the version: the build files read it from here.
*/

#define WXMP_VERSION_MAJOR  0        ///< grows with an incompatible change once it is 1
#define WXMP_VERSION_MINOR  1        ///< grows with every change of the interface
#define WXMP_VERSION_PATCH  0        ///< grows with every other release
#define WXMP_VERSION_STRING "0.1.0"  ///< the same as text: major.minor.patch

#endif
