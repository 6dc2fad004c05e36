// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_CHOOSE_TEXT_ENGINE_HPP
#define WXMP_CODEC_DETAIL_SOURCE_CHOOSE_TEXT_ENGINE_HPP

#include <wxmp/codec/detail/engines/engines.hpp>
#include <wxmp/codec/detail/text/engine.hpp>

#include <atomic>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

inline const text_engine::engine* choose_text_engine() noexcept {
    const auto* const fastest = text_engine::fastest();
    text_engine::active.store(fastest, std::memory_order_relaxed);
    return fastest;
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
