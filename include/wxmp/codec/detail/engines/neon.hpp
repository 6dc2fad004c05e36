// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_NEON_HPP
#define WXMP_CODEC_DETAIL_ENGINES_NEON_HPP

#include <wxmp/codec/detail/engines/constants.hpp>
#include <wxmp/codec/detail/engines/masks.hpp>
#include <wxmp/detail/source/vectors.hpp>

#if defined(WXMP_DETAIL_VECTORS) && (defined(__GNUC__) || defined(__clang__)) && defined(__aarch64__) &&     \
    defined(__ARM_NEON) && !defined(__AARCH64EB__)

#define WXMP_DETAIL_TEXT_NEON

#include <arm_neon.h>
#include <cstdint>

namespace wxmp::inline v0_1::detail::text_engine {

// Available on every 64-bit ARM CPU.
struct neon {
    static constexpr const char* name = "neon";
    static bool available() noexcept { return true; }

    static byte_masks classify(const char* p) noexcept {
        const block v(p);
        byte_masks m;
        m.quote = equal(v, '"');
        m.backslash = equal(v, '\\');
        const auto control = vdupq_n_u8(0x20);
        m.control = mask(vcltq_u8(v.at[0], control), vcltq_u8(v.at[1], control), vcltq_u8(v.at[2], control),
                         vcltq_u8(v.at[3], control));
        const auto any = vorrq_u8(vorrq_u8(v.at[0], v.at[1]), vorrq_u8(v.at[2], v.at[3]));
        // If it and the bytes before it are ASCII, there is nothing to check.
        const bool is_plain = vmaxvq_u8(vorrq_u8(any, load(p - look_back))) < 0x80;
        m.suspect = is_plain ? 0
                             : mask(fault(v.at[0], p), fault(v.at[1], p + 16), fault(v.at[2], p + 32),
                                    fault(v.at[3], p + 48));
        return m;
    }

    template <auto Algorithm, class... Args> [[gnu::flatten]] static auto run(Args... args) noexcept {
        return Algorithm(args...);
    }

private:
    static uint8x16_t load(const char* p) noexcept {
        return vld1q_u8(reinterpret_cast<const std::uint8_t*>(p));
    }

    struct block {
        uint8x16_t at[4];
        explicit block(const char* p) noexcept : at{load(p), load(p + 16), load(p + 32), load(p + 48)} {}
    };

    static std::uint64_t equal(const block& v, char c) noexcept {
        const auto all = vdupq_n_u8(static_cast<std::uint8_t>(c));
        return mask(vceqq_u8(v.at[0], all), vceqq_u8(v.at[1], all), vceqq_u8(v.at[2], all),
                    vceqq_u8(v.at[3], all));
    }

    // One bit per byte; each byte has all or no bits set.
    static std::uint64_t mask(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) noexcept {
        const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
        const auto ab = vpaddq_u8(vandq_u8(a, bits), vandq_u8(b, bits));
        const auto cd = vpaddq_u8(vandq_u8(c, bits), vandq_u8(d, bits));
        const auto all = vpaddq_u8(ab, cd);
        return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
    }

    static uint8x16_t look_up(const std::uint8_t* table, uint8x16_t by) noexcept {
        return vqtbl1q_u8(vld1q_u8(table), by);
    }

    // Sets all bits of each byte where UTF-8 is invalid. `v` was loaded from `p`.
    static uint8x16_t fault(uint8x16_t v, const char* p) noexcept {
        const auto before = load(p - 1);
        const auto pair =
            vandq_u8(look_up(utf8_fault::second_high, vshrq_n_u8(v, 4)),
                     vandq_u8(look_up(utf8_fault::first_high, vshrq_n_u8(before, 4)),
                              look_up(utf8_fault::first_low, vandq_u8(before, vdupq_n_u8(15)))));
        const auto third = vqsubq_u8(load(p - 2), vdupq_n_u8(utf8_fault::below_third));
        const auto fourth = vqsubq_u8(load(p - 3), vdupq_n_u8(utf8_fault::below_fourth));
        const auto high = vandq_u8(vorrq_u8(third, fourth), vdupq_n_u8(0x80));
        return vmvnq_u8(vceqq_u8(pair, high));
    }
};

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif

#endif
