// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_PLAIN_NAME_HPP
#define WXMP_CODEC_DETAIL_PLAIN_NAME_HPP

#include <wxmp/codec/detail/text/word.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace wxmp::inline v0_1::detail {

// The start of a member in JSON text, in its plainest form: `"name":`. What follows the opening quote is
// compared in words of eight bytes.
class plain_name {
public:
    constexpr plain_name() = default;
    explicit consteval plain_name(std::string_view name) noexcept;

    // Its size after the opening quote.
    constexpr std::size_t size() const noexcept { return size_; }

    // Whether these eight bytes may be its beginning.
    bool begins_like(std::uint64_t word) const noexcept { return ((word ^ first_) & mask_) == 0; }

    // Whether the text at `p`, which begins like it, is it; `left` bytes remain. `name` is what made it.
    bool is_at(const char* p, std::size_t left, std::string_view name) const noexcept {
        if (size_ <= 8) return true;
        if (left < size_ || text_engine::word_at(p + size_ - 8) != last_) return false;
        if (size_ <= 16) return true;
        if (text_engine::word_at(p + 8) != second_) return false;
        return size_ <= 24 || std::memcmp(p + 16, name.data() + 16, size_ - 24) == 0;
    }

private:
    std::size_t size_{};
    std::uint64_t first_{}, mask_{}, second_{}, last_{};
};

consteval plain_name::plain_name(std::string_view name) noexcept : size_(name.size() + 2) {
    std::array<char, 8> first{}, mask{}, second{}, last{};
    for (std::size_t i = 0; i != size_; ++i) {
        const char c = i < name.size() ? name[i] : i == name.size() ? '"' : ':';
        if (i < 8) first[i] = c, mask[i] = '\xff';
        else if (i < 16) second[i - 8] = c;
        if (i + 8 >= size_) last[i + 8 - size_] = c;
    }
    first_ = std::bit_cast<std::uint64_t>(first);
    mask_ = std::bit_cast<std::uint64_t>(mask);
    second_ = std::bit_cast<std::uint64_t>(second);
    last_ = std::bit_cast<std::uint64_t>(last);
}

}  // namespace wxmp::inline v0_1::detail

#endif
