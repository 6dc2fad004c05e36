// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_BUFFER_HPP
#define WXMP_CODEC_DETAIL_TEXT_BUFFER_HPP

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

namespace wxmp::detail::text_engine {

// Room for a decoded text. Most texts fit into what is there from the beginning.
class buffer {
public:
    buffer() = default;
    buffer(const buffer&) = delete;
    buffer& operator=(const buffer&) = delete;

    char* begin() noexcept { return large_ ? large_.get() : small_; }
    char* end() noexcept { return begin() + size_; }

    // Makes room behind what was written up to `to`; where that is now.
    char* grow(const char* to) {
        const auto used = static_cast<std::size_t>(to - begin());
        const auto size = std::max<std::size_t>(2 * size_, 8192);
        auto larger = std::make_unique_for_overwrite<char[]>(size);
        std::memcpy(larger.get(), begin(), used);
        large_ = std::move(larger);
        size_ = size;
        return begin() + used;
    }

private:
    std::unique_ptr<char[]> large_;
    std::size_t size_ = sizeof small_;
    char small_[512];
};

}  // namespace wxmp::detail::text_engine

#endif
