// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_FLOW_FLOW_REF_HPP
#define WXMP_FLOW_FLOW_REF_HPP

#include <wxmp/flow/detail/check_flow.hpp>
#include <wxmp/flow/flow.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace wxmp::inline v0_1 {

/// A type-erased reference to a flow, so that drivers are compiled once for all flows.
class flow_ref {
public:
    /// Refers to `f`, which must outlive this reference.
    template <class F>
        requires(!std::same_as<std::remove_const_t<F>, flow_ref> && flow<F>)
    explicit flow_ref(F& f) noexcept
        : self_(&f),
          next_([](void* self, instant now) { return static_cast<F*>(self)->next(now); }),
          on_([](void* self, flows::event&& e, instant now) {
              static_cast<F*>(self)->on(std::move(e), now);
          }),
          cancel_([](void* self) { static_cast<F*>(self)->cancel(); }) {}

    /// Of anything else: the error says what it lacks.
    template <class F>
        requires(!std::same_as<std::remove_const_t<F>, flow_ref> && !flow<F>)
    explicit flow_ref(F&) { static_assert(detail::check_flow<F>()); }

    flows::action next(instant now) { return next_(self_, now); }
    void on(flows::event&& e, instant now) { on_(self_, std::move(e), now); }
    void cancel() { cancel_(self_); }

private:
    void* self_;
    flows::action (*next_)(void*, instant);
    void (*on_)(void*, flows::event&&, instant);
    void (*cancel_)(void*);
};

}  // namespace wxmp::inline v0_1

#endif
