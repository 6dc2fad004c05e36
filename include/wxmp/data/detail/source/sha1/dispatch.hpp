// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SOURCE_SHA1_DISPATCH_HPP
#define WXMP_DATA_DETAIL_SOURCE_SHA1_DISPATCH_HPP

#include <wxmp/data/detail/sha1/engine.hpp>
#include <wxmp/data/detail/sha1/portable.hpp>
#include <wxmp/data/detail/source/sha1/armv8.hpp>
#include <wxmp/data/detail/source/sha1/sha_ni.hpp>
#include <wxmp/data/detail/source/sha1/sha_ni_avx512vl.hpp>

#include <atomic>

namespace wxmp::inline v0_1::detail::sha1_engine {

inline bool always_available() noexcept { return true; }

/// The implementations in this build, fastest first; the last is always available.
inline constexpr engine engines[] = {
#if defined(WXMP_DETAIL_X86_64)
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

inline const engine* choose_engine() noexcept {
    const auto* const chosen = fastest();
    active.store(chosen, std::memory_order_relaxed);
    return chosen;
}

}  // namespace wxmp::inline v0_1::detail::sha1_engine

#undef WXMP_DETAIL_SHA1_ARMV8

#endif
