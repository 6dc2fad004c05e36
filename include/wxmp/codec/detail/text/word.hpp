// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_WORD_HPP
#define WXMP_CODEC_DETAIL_TEXT_WORD_HPP

#include <wxmp/version.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace wxmp::inline v0_1::detail::text_engine {

// How many bytes of text an engine processes at a time.
inline constexpr std::size_t block_size = 64;

// The eight bytes at `p`.
inline std::uint64_t word_at(const char* p) noexcept {
    std::uint64_t w{};
    std::memcpy(&w, p, sizeof w);
    return w;
}

// Its first byte lowest on every machine; or back.
inline std::uint64_t little(std::uint64_t w) noexcept {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(w);
#else
    return w;
#endif
}
inline std::uint64_t little_word_at(const char* p) noexcept { return little(word_at(p)); }

// The high bits of bytes that are no ASCII, or need an escape in a string; right up to the lowest.
constexpr std::uint64_t not_plain(std::uint64_t w) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    const auto control = w - ones * 0x20;
    const auto quote = (w ^ ones * '"') - ones;
    const auto backslash = (w ^ ones * '\\') - ones;
    return (control | quote | backslash | w) & ones * 0x80;  // a borrow only corrupts bytes after the first
}

// How many bytes, starting at the lowest, are plain.
constexpr unsigned count_of_plain(std::uint64_t w) noexcept {
    return static_cast<unsigned>(std::countr_zero(not_plain(w))) / 8;
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
