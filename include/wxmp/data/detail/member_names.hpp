// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_MEMBER_NAMES_HPP
#define WXMP_DATA_DETAIL_MEMBER_NAMES_HPP

#include <wxmp/version.hpp>

#include <type_traits>

// Whether a type has a member of a certain name, whatever its signature and access: for messages that tell a
// missing member from one that is declared otherwise than needed.
namespace wxmp::inline v0_1::detail {

// `&both<T, Named>::name` is ambiguous if T has a member of the one name that Named has.
template <class T, class Named> struct both : T, Named {};

// What is no class has no members.
template <class T, class Named>
    requires(!std::is_class_v<T> && !std::is_union_v<T>)
struct both<T, Named> : Named {};

// Of these it is unknown.
template <class T, class Named>
    requires(std::is_final_v<T> || std::is_union_v<T>)
struct both<T, Named> {};

}  // namespace wxmp::inline v0_1::detail

#endif
