// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DETAIL_OWNED_HPP
#define WXMP_DETAIL_OWNED_HPP

#include <wxmp/version.hpp>

namespace wxmp::inline v0_1::detail {

// Owns an object of a class that derives from T and is only known to wxmp/src.hpp.
template <class T> class owned {
public:
    explicit owned(T* object) noexcept : object_(object) {}
    owned(owned&& other) noexcept : object_(other.object_) { other.object_ = nullptr; }
    owned& operator=(owned&& other) noexcept {
        T* const mine = object_;
        object_ = other.object_;
        other.object_ = mine;
        return *this;
    }
    ~owned() { delete object_; }

    T* operator->() const noexcept { return object_; }

private:
    T* object_;
};

}  // namespace wxmp::inline v0_1::detail

#endif
