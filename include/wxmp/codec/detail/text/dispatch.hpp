// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_DISPATCH_HPP
#define WXMP_CODEC_DETAIL_TEXT_DISPATCH_HPP

#include <wxmp/codec/detail/text/algorithms.hpp>
#include <wxmp/codec/detail/text/avx2.hpp>
#include <wxmp/codec/detail/text/avx512.hpp>
#include <wxmp/codec/detail/text/masks.hpp>
#include <wxmp/codec/detail/text/neon.hpp>
#include <wxmp/codec/detail/text/sse2.hpp>

#include <atomic>
#include <cstddef>
#include <string_view>

namespace wxmp::detail::text_engine {

/// The algorithms over one instruction set.
struct engine {
    const char* name;
    bool (*available)() noexcept;  ///< whether this CPU has what it needs
    read_end (*read_string)(string_read& s, const char* begin, const char* end) noexcept;
    read_end (*skip_string)(string_read& s, const char* begin, const char* end) noexcept;  ///< writes nothing
    std::size_t (*escaped_size)(std::string_view text) noexcept;
    char* (*escape)(char* to, const char* to_end, std::string_view text) noexcept;
};

// Each algorithm is compiled as a whole for its instruction set.
template <class Set>
inline constexpr engine engine_of{
    Set::name,
    &Set::available,
    &Set::template run<&read_string<Set, true>, string_read&, const char*, const char*>,
    &Set::template run<&read_string<Set, false>, string_read&, const char*, const char*>,
    &Set::template run<&escaped_size<Set>, std::string_view>,
    &Set::template run<&escape<Set>, char*, const char*, std::string_view>};

/// What this build knows, the fastest first; the last one is always available.
inline constexpr const engine* engines[] = {
#if defined(__GNUC__) && defined(__x86_64__)
    &engine_of<avx512>,   &engine_of<avx2>, &engine_of<sse2>,
#endif
#if defined(WXMP_DETAIL_TEXT_NEON)
    &engine_of<neon>,
#endif
    &engine_of<portable>,
};

inline const engine* fastest() noexcept {
    auto e = engines;
    while (!(*e)->available()) ++e;
    return *e;
}

/// The engine in use. Tests store another one; the results do not depend on it.
inline std::atomic<const engine*>& active() noexcept {
    static std::atomic<const engine*> chosen{fastest()};
    return chosen;
}

inline const engine& now() noexcept { return *active().load(std::memory_order_relaxed); }

}  // namespace wxmp::detail::text_engine

#undef WXMP_DETAIL_TEXT_NEON

#endif
