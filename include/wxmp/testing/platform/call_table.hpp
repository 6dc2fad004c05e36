// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_CALL_TABLE_HPP
#define WXMP_TESTING_PLATFORM_CALL_TABLE_HPP

#include <wxmp/operation/router.hpp>
#include <wxmp/testing/platform/account.hpp>

namespace wxmp::testing {

/// Maps calls to their handlers.
using call_table = router<call_context&>;

/// The handlers of all calls. Stateless, so all platforms share it. Compiled by wxmp/testing/src.hpp.
const call_table& all_calls();

}  // namespace wxmp::testing

#endif
