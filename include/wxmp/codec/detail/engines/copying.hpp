// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_COPYING_HPP
#define WXMP_CODEC_DETAIL_ENGINES_COPYING_HPP

#include <wxmp/codec/detail/engines/masks.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace wxmp::inline v0_1::detail::text_engine {

inline std::size_t lowest_bit(std::uint64_t mask) noexcept {
    return static_cast<std::size_t>(std::countr_zero(mask));
}

// Copies a block.
template <class Set> void copy_block(char* to, const char* from) noexcept {
    if constexpr (requires { Set::copy(to, from); }) Set::copy(to, from);
    else std::memcpy(to, from, block_size);
}

// Copies at most a block. If both ends have room for two blocks, it may copy more than `size`.
inline void copy_run(char* to, const char* from, std::size_t size, bool has_room) noexcept {
    constexpr std::size_t chunk = 32;
    if (!has_room) return void(std::memcpy(to, from, size));
    std::memcpy(to, from, chunk);
    if (size > chunk) std::memcpy(to + chunk, from + chunk, chunk);
}

inline bool has_room(const char* p, const char* end) noexcept {
    return end - p >= static_cast<std::ptrdiff_t>(2 * block_size);
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
