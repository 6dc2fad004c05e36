// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_WORD_HPP
#define WXMP_CODEC_DETAIL_TEXT_WORD_HPP

#include <cstdint>
#include <cstring>

namespace wxmp::detail::text_engine {

// The eight bytes from `p` on.
inline std::uint64_t word_at(const char* p) noexcept {
    std::uint64_t w;
    std::memcpy(&w, p, sizeof w);
    return w;
}

}  // namespace wxmp::detail::text_engine

#endif
