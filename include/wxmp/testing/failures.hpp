// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_FAILURES_HPP
#define WXMP_TESTING_FAILURES_HPP

#include <wxmp/version.hpp>

#include <string>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// Descriptions of what failed, each a sentence; empty on success.
using failures = std::vector<std::string>;

}  // namespace wxmp::inline v0_1::testing

#endif
