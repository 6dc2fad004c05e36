// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_STRING_WRITER_HPP
#define WXMP_CODEC_DETAIL_ENGINES_STRING_WRITER_HPP

#include <wxmp/codec/detail/engines/escapes.hpp>
#include <wxmp/codec/detail/engines/masks.hpp>
#include <wxmp/codec/detail/text/engine.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Writes strings in JSON, using the masks of any instruction set.
namespace wxmp::inline v0_1::detail::text_engine {

// Writes a string, with escapes.
template <class Set> class string_writer {
public:
    string_writer(char* to, const char* to_end, std::string_view text) noexcept
        : to_(to), to_end_(to_end), p_(text.data()), end_(text.data() + text.size()) {}

    // The size of what is written, @ref not_utf8 or @ref no_room.
    std::size_t run() noexcept {
        const char* const begin = to_;
        const block_source<Set> blocks(p_, end_);
        for (;;) {
            for (const Set set; blocks.is_inside(p_) && is_roomy();) {
                const auto m = set.classify(p_);
                suspect_ |= m.suspect;
                write_block(m.quote | m.backslash | m.control);
            }
            const auto left = static_cast<std::size_t>(end_ - p_);
            const auto m = blocks.stops(p_);
            suspect_ |= m.suspect & lowest(left + 1);
            if (!write_exactly(m.stop, std::min(left, block_size))) return no_room;
            if (left >= block_size) continue;  // the last character may be incomplete
            return suspect_ != 0 ? not_utf8 : static_cast<std::size_t>(to_ - begin);
        }
    }

private:
    // Whether there is text for two blocks, and room for a block of the longest escapes and one more.
    bool is_roomy() const noexcept {
        constexpr std::ptrdiff_t block = block_size, longest = sizeof escapes_of_controls[0];
        return end_ - p_ >= 2 * block && to_end_ - to_ >= (longest + 1) * block;
    }

    void write_block(std::uint64_t marked) noexcept {
        const char* const end = p_ + block_size;
        for (const char* const begin = p_; marked != 0; marked &= marked - 1) {
            const char* const at = begin + lowest_bit(marked);
            std::memcpy(to_, p_, block_size);
            to_ = write_escape(to_ + (at - p_), *at);
            p_ = at + 1;
        }
        std::memcpy(to_, p_, block_size);
        to_ += end - p_;
        p_ = end;
    }

    static char* write_escape(char* to, char c) noexcept {
        if (static_cast<unsigned char>(c) >= 0x20) return to[0] = '\\', to[1] = c, to + 2;
        const auto by = escape_of(c);
        return std::copy(by.begin(), by.end(), to);
    }

    // The same near the end of the text or of the room.
    bool write_exactly(std::uint64_t marked, std::size_t size) noexcept {
        const char* const end = p_ + size;
        for (marked &= lowest(size); marked != 0; marked &= marked - 1) {
            const char* const at = end - size + lowest_bit(marked);
            if (!append({p_, static_cast<std::size_t>(at - p_)}) || !append(escape_of(*at))) return false;
            p_ = at + 1;
        }
        if (!append({p_, static_cast<std::size_t>(end - p_)})) return false;
        p_ = end;
        return true;
    }

    bool append(std::string_view piece) noexcept {
        if (static_cast<std::size_t>(to_end_ - to_) < piece.size()) return false;
        to_ += piece.copy(to_, piece.size());
        return true;
    }

    char* to_;
    const char* to_end_;
    const char* p_;
    const char* end_;
    std::uint64_t suspect_ = 0;
};

/// Writes `text` escaped; returns its size then, @ref not_utf8 or @ref no_room.
template <class Set> std::size_t escape(char* to, const char* to_end, std::string_view text) noexcept {
    return text.empty() ? 0 : string_writer<Set>(to, to_end, text).run();
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
