// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_ENGINES_HPP
#define WXMP_CODEC_DETAIL_ENGINES_ENGINES_HPP

#include <wxmp/codec/detail/engines/avx2.hpp>
#include <wxmp/codec/detail/engines/avx512.hpp>
#include <wxmp/codec/detail/engines/neon.hpp>
#include <wxmp/codec/detail/engines/portable.hpp>
#include <wxmp/codec/detail/engines/string_reader.hpp>
#include <wxmp/codec/detail/engines/string_writer.hpp>
#include <wxmp/codec/detail/text/engine.hpp>

#include <atomic>

// All engines. Included only by wxmp/src.hpp and by their tests, as they are slow to compile.
namespace wxmp::inline v0_1::detail::text_engine {

// Each algorithm is compiled as a whole for its instruction set. `flatten` does that in g++; clang inlines
// only what is called directly, so that what they consist of is always inlined.
template <class Set>
inline constexpr engine engine_of{
    Set::name,
    &Set::available,
    &Set::template run<&read_plain<Set>, const char*, const char*, const char*>,
    &Set::template run<&read_string<Set, true>, string_read&, const char*, const char*>,
    &Set::template run<&read_string<Set, false>, string_read&, const char*, const char*>,
    &Set::template run<&write_string<Set>, string_write&>};

template <>
inline constexpr engine engine_of<portable>{portable::name,
                                            &portable::available,
                                            &portable::read_plain,
                                            &portable::read_string<true>,
                                            &portable::read_string<false>,
                                            &portable::write_string};

/// The engines in this build, fastest first; the last is always available.
inline constexpr const engine* engines[] = {
#if defined(WXMP_DETAIL_X86_64)
    &engine_of<avx512>,
    &engine_of<avx2>,
#elif defined(WXMP_DETAIL_TEXT_NEON)
    &engine_of<neon>,
#endif
    &engine_of<portable>,
};

inline const engine* fastest() noexcept {
    auto e = engines;
    while (!(*e)->available()) ++e;
    return *e;
}

inline const engine* choose_engine() noexcept {
    const auto* const chosen = fastest();
    active.store(chosen, std::memory_order_relaxed);
    return chosen;
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#undef WXMP_DETAIL_TEXT_NEON

#endif
