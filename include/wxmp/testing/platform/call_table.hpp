// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_PLATFORM_CALL_TABLE_HPP
#define WXMP_TESTING_PLATFORM_CALL_TABLE_HPP

#include <wxmp/operation/router.hpp>
#include <wxmp/testing/platform/account.hpp>

namespace wxmp::inline v0_1::testing {

/// Maps calls to their handlers.
using call_table = router<call_context&>;

namespace detail {

// Its name is what the linker says of a program that lacks it.
const call_table& link_wxmp_testing_or_include_wxmp_testing_src_hpp_in_one_source();

}  // namespace detail

/// The handlers of all calls. Stateless, so all platforms share it. Compiled by wxmp/testing/src.hpp.
inline const call_table& all_calls() {
    return detail::link_wxmp_testing_or_include_wxmp_testing_src_hpp_in_one_source();
}

}  // namespace wxmp::inline v0_1::testing

#endif
