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

// Writes strings in JSON, using the masks of any instruction set.
namespace wxmp::inline v0_1::detail::text_engine {

// Writes a string, with escapes.
template <class Set> class string_writer {
public:
    [[gnu::always_inline]] explicit string_writer(string_write& s) noexcept
        : s_(s), to_(s.to), to_end_(s.to_end), p_(s.p), end_(s.end()) {}

    [[gnu::always_inline]] write_end run() noexcept {
        const auto how = write_all();
        s_.p = p_;
        s_.to = to_;
        return suspect_ != 0 ? write_end::not_utf8 : how;
    }

private:
    [[gnu::always_inline]] write_end write_all() noexcept {
        const block_source<Set> blocks(s_.text.data(), end_);
        while (left() >= block_size) {  // so that a short text loads no constants for the loop
            for (const Set set; blocks.is_inside(p_) && is_roomy();) {
                const auto m = set.classify(p_);
                suspect_ |= m.suspect;
                write_block(m.stops());
            }
            if (!write_next(blocks)) return write_end::no_room;
        }
        // Also of no bytes, as the last character may be incomplete.
        return write_next(blocks) ? write_end::done : write_end::no_room;
    }

    [[gnu::always_inline]] bool write_next(const block_source<Set>& blocks) noexcept {
        const auto m = blocks.masks(p_);
        suspect_ |= m.suspect & lowest(left() + 1);
        return write_exactly(m.stops(), std::min(left(), block_size));
    }

    [[gnu::always_inline]] std::size_t left() const noexcept { return static_cast<std::size_t>(end_ - p_); }

    // Whether there is text for two blocks, and room for a block of the longest escapes and one more.
    [[gnu::always_inline]] bool is_roomy() const noexcept {
        constexpr std::ptrdiff_t block = block_size;
        return end_ - p_ >= 2 * block && to_end_ - to_ >= (longest_escape + 1) * block;
    }

    [[gnu::always_inline]] void write_block(std::uint64_t marked) noexcept {
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

    // The same near the end of the text or of the room.
    [[gnu::always_inline]] bool write_exactly(std::uint64_t marked, std::size_t size) noexcept {
        const char* const end = p_ + size;
        for (marked &= lowest(size); marked != 0; marked &= marked - 1) {
            const char* const at = end - size + lowest_bit(marked);
            if (!copy_up_to(at) || to_end_ - to_ < longest_escape) return false;
            to_ = write_escape(to_, *at);
            p_ = at + 1;
        }
        return copy_up_to(end);
    }

    [[gnu::always_inline]] bool copy_up_to(const char* end) noexcept {
        if (to_end_ - to_ < end - p_) return false;
        const auto size = static_cast<std::size_t>(end - p_);
        if constexpr (requires { Set::copy(to_, p_, size); }) Set::copy(to_, p_, size);
        else copy_short(to_, p_, size);
        to_ += size;
        p_ = end;
        return true;
    }

    string_write& s_;
    char* to_;
    const char* to_end_;
    const char* p_;
    const char* end_;
    std::uint64_t suspect_ = 0;
};

/// Writes a string until its end, or as far as there is room.
template <class Set> [[gnu::always_inline]] inline write_end write_string(string_write& s) noexcept {
    return s.p == s.end() ? write_end::done : string_writer<Set>(s).run();
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
