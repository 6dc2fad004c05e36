// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_MASKS_HPP
#define WXMP_CODEC_DETAIL_ENGINES_MASKS_HPP

#include <wxmp/codec/detail/text/word.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Each instruction set only classifies the bytes of a block of text. All algorithms are built on that, so
// that each exists once and not once per instruction set.
namespace wxmp::inline v0_1::detail::text_engine {

inline constexpr std::size_t look_back = 3;  // bytes before a block that matter for UTF-8

// One bit per byte of a block; the first byte is the lowest bit.
struct byte_masks {
    std::uint64_t quote;
    std::uint64_t backslash;
    std::uint64_t control;
    std::uint64_t suspect;  // where UTF-8 is invalid

    // What ends plain text.
    constexpr std::uint64_t stops() const noexcept { return quote | backslash | control; }
};

// Bits 0 to n - 1.
constexpr std::uint64_t lowest(std::size_t n) noexcept {
    return n >= 64 ? ~std::uint64_t{} : (std::uint64_t{1} << n) - 1;
}

inline std::size_t lowest_bit(std::uint64_t mask) noexcept {
    return static_cast<std::size_t>(std::countr_zero(mask));
}

// Copies by pieces of one size: a call takes longer than most texts.
[[gnu::always_inline]] inline void copy_short(char* to, const char* from, std::size_t size) noexcept {
    constexpr std::size_t piece = 16;
    if (size < piece) return void(std::memcpy(to, from, size));
    for (std::size_t i = 0; i < size - piece; i += piece) std::memcpy(to + i, from + i, piece);
    std::memcpy(to + size - piece, from + size - piece, piece);
}

// A text in blocks. A loop over inner blocks has its own `Set`, whose constants stay in registers as the loop
// makes no call. A block at the border of the text is read by its `part`, or from a copy padded with zeros.
template <class Set> class block_source {
public:
    [[gnu::always_inline]] block_source(const char* begin, const char* end) noexcept
        : begin_(begin), end_(end) {}

    [[gnu::always_inline]] byte_masks masks(const char* p) const noexcept {
        return is_inside(p) ? Set().classify(p) : masks_of_part(p);
    }

    // Whether there is enough text around a block.
    [[gnu::always_inline]] bool is_inside(const char* p) const noexcept {
        return p - begin_ >= static_cast<std::ptrdiff_t>(look_back) && has_block(p);
    }
    [[gnu::always_inline]] bool has_block(const char* p) const noexcept {
        return end_ - p >= static_cast<std::ptrdiff_t>(block_size);
    }

private:
    [[gnu::always_inline]] byte_masks masks_of_part(const char* p) const noexcept {
        const auto before = std::min(static_cast<std::size_t>(p - begin_), look_back);
        const auto behind = std::min(static_cast<std::size_t>(end_ - p), block_size);
        if constexpr (requires { Set::part(p, before, behind); }) return Set::part(p, before, behind);
        else return part(p, before, behind);
    }

    // Rarely needed, and large, so kept out of the loops. Static, so that the object's members can stay in
    // registers.
    [[gnu::noinline]] static byte_masks part(const char* p, std::size_t before, std::size_t size) noexcept {
        char surrounded[look_back + block_size]{};
        copy_short(surrounded + look_back - before, p - before, before + size);
        // What is not compiled for the instruction set could not inline it.
        return Set::template run<&block_source::classify_one, const char*>(surrounded + look_back);
    }
    static byte_masks classify_one(const char* p) noexcept { return Set().classify(p); }

    const char* begin_;
    const char* end_;
};

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
