// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_CONSTANTS_HPP
#define WXMP_CODEC_DETAIL_ENGINES_CONSTANTS_HPP

#include <wxmp/detail/source/x86_cpu.hpp>

#include <cstddef>
#include <cstdint>

// UTF-8 by table lookups: John Keiser and Daniel Lemire, "Validating UTF-8 In Less Than One Instruction Per
// Byte", 2021. The faults of two neighbouring bytes are the "and" of three lookups: by the upper and lower
// half of the first and the upper half of the second. Whether a byte must be the third or fourth of a
// character depends on the bytes two and three before it.
namespace wxmp::inline v0_1::detail::text_engine::utf8_fault {

inline constexpr std::uint8_t too_short = 1 << 0;  // a first byte without continuation
inline constexpr std::uint8_t too_long = 1 << 1;   // ASCII followed by a continuation
inline constexpr std::uint8_t overlong_3 = 1 << 2;
inline constexpr std::uint8_t too_large = 1 << 3;  // from U+110000
inline constexpr std::uint8_t surrogate = 1 << 4;
inline constexpr std::uint8_t overlong_2 = 1 << 5;
inline constexpr std::uint8_t overlong_4 = 1 << 6;
inline constexpr std::uint8_t larger = 1 << 6;     // from U+140000; the second byte is the same
inline constexpr std::uint8_t two_conts = 1 << 7;  // valid only for third and fourth bytes
inline constexpr std::uint8_t carry = too_short | too_long | two_conts;

inline constexpr std::uint8_t after_c = too_short | overlong_2;
inline constexpr std::uint8_t after_e = too_short | overlong_3 | surrogate;
inline constexpr std::uint8_t after_f = too_short | too_large | larger | overlong_4;
alignas(16) inline constexpr std::uint8_t first_high[16] = {
    too_long,  too_long,  too_long,  too_long,  too_long, too_long,  too_long, too_long,
    two_conts, two_conts, two_conts, two_conts, after_c,  too_short, after_e,  after_f};

inline constexpr std::uint8_t lowest_of_all = carry | overlong_3 | overlong_2 | overlong_4;
inline constexpr std::uint8_t after_1 = carry | overlong_2;
inline constexpr std::uint8_t after_4 = carry | too_large;
inline constexpr std::uint8_t above = after_4 | larger;
inline constexpr std::uint8_t after_d = above | surrogate;
alignas(16) inline constexpr std::uint8_t first_low[16] = {
    lowest_of_all, after_1, carry, carry, after_4, above,   above, above,
    above,         above,   above, above, above,   after_d, above, above};

inline constexpr std::uint8_t continuation = too_long | overlong_2 | two_conts;
inline constexpr std::uint8_t from_8 = continuation | overlong_3 | larger | overlong_4;
inline constexpr std::uint8_t from_9 = continuation | overlong_3 | too_large;
inline constexpr std::uint8_t from_a = continuation | surrogate | too_large;
alignas(16) inline constexpr std::uint8_t second_high[16] = {
    too_short, too_short, too_short, too_short, too_short, too_short, too_short, too_short,
    from_8,    from_9,    from_a,    from_a,    too_short, too_short, too_short, too_short};

// Saturating subtraction of these leaves the highest bit set if a third byte must follow, two bytes after
// 0xe0 and above, or a fourth, three bytes after 0xf0 and above.
inline constexpr std::uint8_t below_third = 0xe0 - 0x80;
inline constexpr std::uint8_t below_fourth = 0xf0 - 0x80;

}  // namespace wxmp::inline v0_1::detail::text_engine::utf8_fault

#if defined(WXMP_DETAIL_X86_64)

namespace wxmp::inline v0_1::detail::text_engine {

// A vector of one byte repeated, or of a table repeated.
template <std::size_t Size> struct alignas(Size) vector_bytes {
    std::uint8_t bytes[Size];

    explicit constexpr vector_bytes(std::uint8_t all) noexcept {
        for (auto& b : bytes) b = all;
    }
    explicit constexpr vector_bytes(const std::uint8_t (&table)[16]) noexcept {
        for (std::size_t i = 0; i != Size; ++i) bytes[i] = table[i % 16];
    }
};

// What blocks are compared with.
template <std::size_t Size> struct constants {
    vector_bytes<Size> quote{'"'};
    vector_bytes<Size> backslash{'\\'};
    vector_bytes<Size> last_control{0x1f};
    vector_bytes<Size> low_half{0x0f};
    vector_bytes<Size> high_bit{0x80};
    vector_bytes<Size> below_third{utf8_fault::below_third};
    vector_bytes<Size> below_fourth{utf8_fault::below_fourth};
    vector_bytes<Size> first_high{utf8_fault::first_high};
    vector_bytes<Size> first_low{utf8_fault::first_low};
    vector_bytes<Size> second_high{utf8_fault::second_high};

    // Hides their values from the compiler: g++ 12 would rebuild each of them for each block.
    static const constants* opaque() noexcept {
        const constants* k = &known;
        WXMP_DETAIL_OPAQUE("r", k);
        return k;
    }

private:
    static const constants known;
};
template <std::size_t Size> inline constexpr constants<Size> constants<Size>::known{};

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif

#endif
