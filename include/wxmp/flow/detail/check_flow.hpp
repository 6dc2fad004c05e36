// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_DETAIL_CHECK_FLOW_HPP
#define WXMP_FLOW_DETAIL_CHECK_FLOW_HPP

#include <wxmp/data/detail/member_names.hpp>
#include <wxmp/flow/flow.hpp>
#include <wxmp/operation/operation.hpp>

#include <concepts>
#include <utility>

namespace wxmp::inline v0_1::detail {

struct named_next {
    int next;
};
template <class F>
concept lacks_next = requires {
    &both<F, named_next>::next;
};

struct named_on {
    int on;
};
template <class F>
concept lacks_on = requires {
    &both<F, named_on>::on;
};

struct named_cancel {
    int cancel;
};
template <class F>
concept lacks_cancel = requires {
    &both<F, named_cancel>::cancel;
};

struct named_take {
    int take;
};
template <class F>
concept lacks_take = requires {
    &both<F, named_take>::take;
};

template <class F>
concept has_next = requires(F& f, instant now) {
    { f.next(now) } -> std::same_as<flows::action>;
};
template <class F>
concept has_on = requires(F& f, flows::event e, instant now) {
    { f.on(std::move(e), now) } -> std::same_as<void>;
};
template <class F>
concept has_cancel = requires(F& f) {
    { f.cancel() } -> std::same_as<void>;
};
template <class F>
concept has_value_type = requires {
    typename F::value_type;
};

// True of a flow; of anything else it says what that lacks.
template <class F> consteval bool check_flow() {
    if constexpr (flow<F>) return true;
    else if constexpr (operation<F>)
        static_assert(flow<F>,
                      "wxmp: this type is no flow but a call: make it by the client's call operator, "
                      "`client(request)`, or make it a flow by `call`");
    else if constexpr (lacks_next<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: it has no "
                               "`flows::action next(instant now)`");
    else if constexpr (!has_next<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: its `next` is not "
                               "`flows::action next(instant now)`");
    else if constexpr (lacks_on<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: it has no "
                               "`void on(flows::event, instant now)`");
    else if constexpr (!has_on<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: its `on` is not "
                               "`void on(flows::event, instant now)`");
    else if constexpr (lacks_cancel<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: it has no `void cancel()`");
    else if constexpr (!has_cancel<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: its `cancel` is not `void cancel()`");
    else if constexpr (!has_value_type<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: it does not name the type of its result, "
                               "as in `using value_type = int;`");
    else if constexpr (lacks_take<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: it has no `result<value_type> take() &&`");
    else if constexpr (std::move_constructible<F>)
        static_assert(flow<F>, "wxmp: this type is no flow: its `take` is not "
                               "`result<value_type> take() &&`");
    else static_assert(flow<F>, "wxmp: this type is no flow: it cannot be moved");
    return true;
}

}  // namespace wxmp::inline v0_1::detail

#endif
