// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DETAIL_CHECK_CALL_HPP
#define WXMP_TRANSPORT_DETAIL_CHECK_CALL_HPP

#include <wxmp/flow/flow.hpp>
#include <wxmp/operation/operation.hpp>

namespace wxmp::inline v0_1::detail {

template <class Op>
concept names_its_endpoint = requires {
    Op::at;
};
template <class Op>
concept names_its_response = requires {
    typename Op::response;
};

// True of an operation; of anything else it says what that lacks.
template <class Op> consteval bool check_call() {
    if constexpr (operation<Op>) return true;
    else if constexpr (flow<Op>)
        static_assert(operation<Op>, "wxmp: this type is no call but a flow: run it by `client.run(flow)`");
    else if constexpr (!names_its_endpoint<Op>)
        static_assert(operation<Op>, "wxmp: this type is no call: it has no "
                                     "`static constexpr endpoint at`");
    else if constexpr (!names_its_response<Op>)
        static_assert(operation<Op>, "wxmp: this type is no call: it has no type `response`");
    else if constexpr (!described<typename Op::response>)
        static_assert(operation<Op>,
                      "wxmp: this type is no call: its `response` is no aggregate that is described; "
                      "BOOST_DESCRIBE_STRUCT has to name the members of it and its bases");
    else if constexpr (!described<Op>)
        static_assert(operation<Op>, "wxmp: this type is no call: it is no aggregate that is described; "
                                     "BOOST_DESCRIBE_STRUCT has to name the members of it and its bases");
    else
        static_assert(operation<Op>, "wxmp: this type is no call: its `at` is not "
                                     "`static constexpr endpoint at`");
    return true;
}

}  // namespace wxmp::inline v0_1::detail

#endif
