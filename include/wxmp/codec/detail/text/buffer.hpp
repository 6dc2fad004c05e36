// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_BUFFER_HPP
#define WXMP_CODEC_DETAIL_TEXT_BUFFER_HPP

#include <wxmp/version.hpp>

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1::detail::text_engine {

// A buffer for decoded text. Most texts fit into its initial storage.
class buffer {
public:
    buffer() = default;
    buffer(const buffer&) = delete;
    buffer& operator=(const buffer&) = delete;

    char* begin() noexcept { return large_ ? large_.get() : small_; }
    char* end() noexcept { return begin() + size_; }

    // Makes room for at least `room` bytes after what was written up to `to`; returns the new `to`.
    char* grow(const char* to, std::size_t room = 0) {
        const auto used = static_cast<std::size_t>(to - begin());
        auto size = size_ + size_ / 2 < 16384 ? 16384 : size_ + size_ / 2;
        if (size < used + room) size = used + room;
        auto larger = std::make_unique_for_overwrite<char[]>(size);
        std::memcpy(larger.get(), begin(), used);
        large_ = std::move(larger);
        size_ = size;
        return begin() + used;
    }

    // Writes `text` at `to`; returns its end.
    char* append(char* to, std::string_view text) {
        if (static_cast<std::size_t>(end() - to) < text.size()) to = grow(to, text.size());
        return to + text.copy(to, text.size());
    }

private:
    std::unique_ptr<char[]> large_;
    std::size_t size_ = sizeof small_;
    char small_[512];
};

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
