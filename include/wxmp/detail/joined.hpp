// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DETAIL_JOINED_HPP
#define WXMP_DETAIL_JOINED_HPP

#include <wxmp/version.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// Texts one after the other, in one allocation.
inline std::string joined(std::initializer_list<std::string_view> texts) {
    std::size_t size = 0;
    for (const auto text : texts) size += text.size();
    std::string all;
    all.reserve(size);
    for (const auto text : texts) all.append(text);
    return all;
}

}  // namespace wxmp::inline v0_1::detail

#endif
