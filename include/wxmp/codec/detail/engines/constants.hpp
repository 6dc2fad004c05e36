// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_CONSTANTS_HPP
#define WXMP_CODEC_DETAIL_ENGINES_CONSTANTS_HPP

#include <wxmp/codec/detail/engines/utf8_tables.hpp>
#include <wxmp/detail/source/x86_cpu.hpp>

#if defined(WXMP_DETAIL_X86_64)

#include <cstddef>
#include <cstdint>

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
