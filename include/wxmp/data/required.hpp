// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_REQUIRED_HPP
#define WXMP_DATA_REQUIRED_HPP

#include <wxmp/version.hpp>

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace wxmp::inline v0_1 {

namespace detail {

// Makes values whose required members are not set yet. Only decoders do, and set them or fail.
struct blank {
    template <class T> static T make() { return T{}; }  // T() would zero its memory first
    template <class T> static T* make_at(std::byte* memory) { return ::new (memory) T(make<T>()); }

    // For what makes a T in place, such as a std::optional; without a move if a T can be made by anyone.
    template <class T, class Emplace> static decltype(auto) emplace(Emplace emplace) {
        if constexpr (std::is_default_constructible_v<T>) return emplace();
        else return emplace(make<T>());
    }
};

}  // namespace detail

/** A required member of a request: an initializer that leaves it out does not compile. Use it like a `T`.

    @code
    draft::get op{.media_id = "m1"};  // draft::get{} is refused
    @endcode
*/
template <class T> class required : public T {
public:
    using T::operator=;
    using T::T;

    /// From its value.
    constexpr required(const T& v) : T(v) {}
    constexpr required(T&& v) noexcept(std::is_nothrow_move_constructible_v<T>) : T(std::move(v)) {}

private:
    required() : T(detail::blank::make<T>()) {}
    friend detail::blank;
};

/// The same for numbers and enumerations.
template <class T>
    requires(!std::is_class_v<T>)
class required<T> {
public:
    /// From its value.
    constexpr required(T v) noexcept : value_(v) {}

    /// Its value.
    constexpr operator T&() noexcept { return value_; }

    /// Its value.
    constexpr operator const T&() const noexcept { return value_; }

private:
    required() = default;
    friend detail::blank;

    T value_{};
};

}  // namespace wxmp::inline v0_1

#endif
