// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SHA1_DISPATCH_HPP
#define WXMP_DATA_DETAIL_SHA1_DISPATCH_HPP

#include <wxmp/data/detail/sha1/armv8.hpp>
#include <wxmp/data/detail/sha1/portable.hpp>
#include <wxmp/data/detail/sha1/sha_ni.hpp>
#include <wxmp/data/detail/sha1/sha_ni_avx512vl.hpp>

#include <atomic>
#include <cstddef>
#include <type_traits>

namespace wxmp::inline v0_1::detail::sha1_engine {

/// One implementation of SHA-1.
struct engine {
    const char* name;
    bool (*available)() noexcept;  ///< whether this CPU supports it

    /// Compresses 64-byte chunks into one chain, or the same chunks into two.
    void (*compress[2])(state* const* chains, const std::byte* p, std::size_t chunks) noexcept;
};

inline bool always_available() noexcept { return true; }

/// The implementations in this build, fastest first; the last is always available.
inline constexpr engine engines[] = {
#if defined(__GNUC__) && defined(__x86_64__)
    {"sha-ni+avx512vl", has_sha_ni_avx512vl, {compress_sha_ni_avx512vl<1>, compress_sha_ni_avx512vl<2>}},
    {"sha-ni", has_sha_ni, {compress_sha_ni<1>, compress_sha_ni<2>}},
#endif
#if defined(WXMP_DETAIL_SHA1_ARMV8)
    {"armv8", has_armv8, {compress_armv8<1>, compress_armv8<2>}},
#endif
    {"portable", always_available, {compress_portable<1>, compress_portable<2>}},
};

inline const engine* fastest() noexcept {
    const engine* e = engines;
    while (!e->available()) ++e;
    return e;
}

/// The engine in use. Tests store another one; the digests do not depend on it.
inline std::atomic<const engine*>& active() noexcept {
    static std::atomic<const engine*> chosen{fastest()};
    return chosen;
}

/// Compresses 64-byte chunks into one chain, or the same chunks into two.
template <std::size_t Chains>
constexpr void compress(state* const (&chains)[Chains], const std::byte* p, std::size_t chunks) noexcept {
    static_assert(Chains == 1 || Chains == 2);
    if (std::is_constant_evaluated()) return compress_portable<Chains>(chains, p, chunks);
    active().load(std::memory_order_relaxed)->compress[Chains - 1](chains, p, chunks);
}

}  // namespace wxmp::inline v0_1::detail::sha1_engine

#undef WXMP_DETAIL_SHA1_ARMV8

#endif
