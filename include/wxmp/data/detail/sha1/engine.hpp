// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SHA1_ENGINE_HPP
#define WXMP_DATA_DETAIL_SHA1_ENGINE_HPP

#include <wxmp/data/detail/sha1/portable.hpp>
#include <wxmp/detail/compiled.hpp>

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

// The engine in use; null until the fastest is chosen. Tests store another one; digests do not depend on it.
inline constinit std::atomic<const engine*> active{nullptr};

inline const engine& now() noexcept {
    const auto* const chosen = active.load(std::memory_order_relaxed);
    return chosen ? *chosen : *compiled.choose_sha1_engine();
}

/// Compresses 64-byte chunks into one chain, or the same chunks into two.
template <std::size_t Chains>
constexpr void compress(state* const (&chains)[Chains], const std::byte* p, std::size_t chunks) noexcept {
    static_assert(Chains == 1 || Chains == 2);
    if (std::is_constant_evaluated()) return compress_portable<Chains>(chains, p, chunks);
    now().compress[Chains - 1](chains, p, chunks);
}

}  // namespace wxmp::inline v0_1::detail::sha1_engine

#endif
