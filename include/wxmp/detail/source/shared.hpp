// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DETAIL_SOURCE_SHARED_HPP
#define WXMP_DETAIL_SOURCE_SHARED_HPP

#include <wxmp/version.hpp>

#include <memory>
#include <utility>

namespace wxmp::inline v0_1::detail::source {

// As std::make_shared, which makes three times as many functions to compile.
template <class T, class... Arguments> std::shared_ptr<T> make_shared(Arguments&&... from) {
    return std::shared_ptr<T>(new T{std::forward<Arguments>(from)...});
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
