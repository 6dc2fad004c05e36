// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SOURCE_SHA1_ARMV8_HPP
#define WXMP_DATA_DETAIL_SOURCE_SHA1_ARMV8_HPP

#include <wxmp/data/detail/sha1/portable.hpp>
#include <wxmp/detail/source/vectors.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

// Older clang declares the intrinsics only if the whole translation unit targets them.
#if defined(WXMP_DETAIL_VECTORS) && defined(__aarch64__) && defined(__ARM_NEON) &&                           \
    !defined(__AARCH64EB__) &&                                                                               \
    (defined(__ARM_FEATURE_SHA2) || (defined(__clang__) && __clang_major__ >= 16) ||                         \
     (defined(__GNUC__) && !defined(__clang__)))
#define WXMP_DETAIL_SHA1_ARMV8  // until the end of dispatch.hpp

#include <arm_neon.h>
#if defined(__linux__)
#include <sys/auxv.h>
#endif

// The SHA-1 instructions of ARMv8: a "quad" is four of the 80 steps. See sha_ni.hpp for the shape.
// g++ knows the intrinsics by the feature "crypto", clang by "sha2".
namespace wxmp::inline v0_1::detail::sha1_engine {

template <std::size_t Chains> struct arm_chains {
    uint32x4_t abcd[Chains];
    std::uint32_t e[Chains];
};

[[gnu::always_inline, gnu::target("+crypto+sha2")]] inline uint32x4_t
load_four_words(const std::byte* p) noexcept {
    return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(reinterpret_cast<const std::uint8_t*>(p))));
}

template <std::size_t Quad, std::size_t Chains>
[[gnu::always_inline, gnu::target("+crypto+sha2")]] inline void arm_quad(arm_chains<Chains>& c,
                                                                         uint32x4_t w) noexcept {
    constexpr std::uint32_t constants[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    const uint32x4_t sum = vaddq_u32(w, vdupq_n_u32(constants[Quad / 5]));
    for (std::size_t i = 0; i < Chains; ++i) {
        const std::uint32_t next_e = vsha1h_u32(vgetq_lane_u32(c.abcd[i], 0));
        if constexpr (Quad / 5 == 0) c.abcd[i] = vsha1cq_u32(c.abcd[i], c.e[i], sum);
        else if constexpr (Quad / 5 == 2) c.abcd[i] = vsha1mq_u32(c.abcd[i], c.e[i], sum);
        else c.abcd[i] = vsha1pq_u32(c.abcd[i], c.e[i], sum);
        c.e[i] = next_e;
    }
}

template <std::size_t Quad>
[[gnu::always_inline, gnu::target("+crypto+sha2")]] inline void arm_schedule(uint32x4_t* w) noexcept {
    if constexpr (Quad < 20)
        w[Quad] = vsha1su1q_u32(vsha1su0q_u32(w[Quad - 4], w[Quad - 3], w[Quad - 2]), w[Quad - 1]);
}

template <std::size_t Chains, std::size_t... Quad>
[[gnu::always_inline, gnu::target("+crypto+sha2")]] inline void
arm_chunk(arm_chains<Chains>& c, const std::byte* p, std::index_sequence<Quad...>) noexcept {
    const arm_chains<Chains> before = c;
    uint32x4_t w[20];
    for (std::size_t i = 0; i < 4; ++i) w[i] = load_four_words(p + 16 * i);
    ((arm_quad<Quad>(c, w[Quad]), arm_schedule<Quad + 4>(w)), ...);
    for (std::size_t i = 0; i < Chains; ++i) {
        c.abcd[i] = vaddq_u32(c.abcd[i], before.abcd[i]);
        c.e[i] += before.e[i];
    }
}

template <std::size_t Chains>
[[gnu::target("+crypto+sha2")]] inline void compress_armv8(state* const* chains, const std::byte* p,
                                                           std::size_t chunks) noexcept {
    arm_chains<Chains> c;
    for (std::size_t i = 0; i < Chains; ++i) {
        c.abcd[i] = vld1q_u32(chains[i]->h.data());
        c.e[i] = chains[i]->h[4];
    }
    for (; chunks != 0; --chunks, p += chunk_size) arm_chunk(c, p, std::make_index_sequence<20>{});
    for (std::size_t i = 0; i < Chains; ++i) {
        vst1q_u32(chains[i]->h.data(), c.abcd[i]);
        chains[i]->h[4] = c.e[i];
    }
}

inline bool has_armv8() noexcept {
#if defined(__ARM_FEATURE_SHA2)
    return true;
#elif defined(__linux__)
    constexpr unsigned long sha1 = 1ul << 5;  // HWCAP_SHA1
    return (getauxval(AT_HWCAP) & sha1) != 0;
#else
    return false;
#endif
}

}  // namespace wxmp::inline v0_1::detail::sha1_engine

#endif

#endif
