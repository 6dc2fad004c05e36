// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_TEXT_ENGINE_HPP
#define WXMP_CODEC_DETAIL_SOURCE_TEXT_ENGINE_HPP

#include <wxmp/codec/detail/engines/engines.hpp>
#include <wxmp/codec/detail/text/engine.hpp>

#include <atomic>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::detail::text_engine {

std::atomic<const engine*>& active() noexcept {
    static std::atomic<const engine*> chosen{fastest()};
    return chosen;
}

}  // namespace wxmp::detail::text_engine

#endif
