// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_MASKS_HPP
#define WXMP_CODEC_DETAIL_TEXT_MASKS_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>

// What every instruction set has to tell of a block of text: which bytes are which. All algorithms are made
// of that, so that there is one of each and not one for each instruction set.
namespace wxmp::detail::text_engine {

inline constexpr std::size_t block_size = 64;
inline constexpr std::size_t look_back = 3;  // bytes before a block that are looked at for UTF-8

// One bit for each byte of a block, the first one lowest.
struct byte_masks {
    std::uint64_t quote;
    std::uint64_t backslash;
    std::uint64_t control;
    std::uint64_t suspect;  // where UTF-8 is broken; without an exact check, all that is not ASCII
};

// Bits 0 to n - 1.
constexpr std::uint64_t lowest(std::size_t n) noexcept {
    return n >= 64 ? ~std::uint64_t{} : (std::uint64_t{1} << n) - 1;
}

// C++ alone, eight bytes at a time.
struct portable {
    static constexpr const char* name = "portable";
    static constexpr bool is_exact = false;
    static bool available() noexcept { return true; }

    static byte_masks classify(const char* p) noexcept {
        byte_masks m{};
        for (unsigned i = 0; i != block_size; i += 8) {
            const auto w = load(p + i);
            m.quote |= gather(equal(w, '"')) << i;
            m.backslash |= gather(equal(w, '\\')) << i;
            m.control |= gather(zeros(w & 0xe0e0e0e0e0e0e0e0)) << i;
            m.suspect |= gather(w & high_bits) << i;
        }
        return m;
    }

    static std::uint64_t find(const char* p, char c) noexcept {
        std::uint64_t mask = 0;
        for (unsigned i = 0; i != block_size; i += 8) mask |= gather(equal(load(p + i), c)) << i;
        return mask;
    }

    template <auto Algorithm, class... Args> static auto run(Args... args) noexcept {
        return Algorithm(args...);
    }

private:
    static constexpr std::uint64_t ones = 0x0101010101010101;
    static constexpr std::uint64_t high_bits = 0x8080808080808080;

    static std::uint64_t load(const char* p) noexcept {
        std::uint64_t w = 0;
        for (unsigned i = 0; i != 8; ++i) w |= std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
        return w;
    }
    // The high bit of each byte that is 0, and no other.
    static constexpr std::uint64_t zeros(std::uint64_t w) noexcept {
        return ~(((w & ~high_bits) + ~high_bits) | w | ~high_bits);
    }
    static constexpr std::uint64_t equal(std::uint64_t w, char c) noexcept {
        return zeros(w ^ (ones * static_cast<unsigned char>(c)));
    }
    // The high bits of the eight bytes, side by side.
    static constexpr std::uint64_t gather(std::uint64_t high) noexcept {
        return ((high >> 7) * 0x0102040810204080) >> 56;
    }
};

// A text in blocks. One with too little before or behind it is read with care: by masked loads where the set
// has them, else out of a copy with zeros around it.
template <class Set> class block_source {
public:
    block_source(const char* begin, const char* end) noexcept : begin_(begin), end_(end) {}

    byte_masks masks(const char* p) noexcept {
        const auto before = static_cast<std::size_t>(p - begin_);
        const auto behind = static_cast<std::size_t>(end_ - p);
        if (before >= look_back && behind >= block_size) [[likely]]
            return Set::classify(p);
        if constexpr (requires { Set::classify_part(p, before, behind); })
            return Set::classify_part(p, before, behind);
        else return Set::classify(copy(p, before, behind));
    }

    // Where a byte is `c`.
    std::uint64_t find(const char* p, char c) noexcept {
        const auto behind = static_cast<std::size_t>(end_ - p);
        if (behind >= block_size) [[likely]]
            return Set::find(p, c);
        if constexpr (requires { Set::find_part(p, behind, c); }) return Set::find_part(p, behind, c);
        else return Set::find(copy(p, 0, behind), c);
    }

private:
    const char* copy(const char* p, std::size_t before, std::size_t behind) noexcept {
        const auto back = before < look_back ? before : look_back;
        std::memset(copy_, 0, sizeof copy_);
        std::memcpy(copy_ + look_back - back, p - back, back + (behind < block_size ? behind : block_size));
        return copy_ + look_back;
    }

    const char* begin_;
    const char* end_;
    char copy_[look_back + block_size];
};

}  // namespace wxmp::detail::text_engine

#endif
