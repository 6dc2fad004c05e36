// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_STRING_READER_HPP
#define WXMP_CODEC_DETAIL_ENGINES_STRING_READER_HPP

#include <wxmp/codec/detail/engines/copying.hpp>
#include <wxmp/codec/detail/engines/escapes.hpp>
#include <wxmp/codec/detail/engines/masks.hpp>
#include <wxmp/codec/detail/text/engine.hpp>
#include <wxmp/codec/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

// How strings in JSON are read, once, over the masks of an instruction set.
namespace wxmp::detail::text_engine {

// The bytes behind an odd number of backslashes.
constexpr std::uint64_t escaped_bytes(std::uint64_t backslashes) noexcept {
    constexpr std::uint64_t even = 0x5555555555555555;
    const auto follows = backslashes << 1;
    const auto odd_starts = backslashes & ~even & ~follows;
    return (even ^ ((odd_starts + backslashes) << 1)) & follows;
}

// Copies so many bytes without the backslashes in `starts`, what follows each as what it stands for.
template <class Set>
char* squeeze(char* to, const char* to_end, const char* p, const char* end, std::size_t size,
              std::uint64_t starts) noexcept {
    if constexpr (requires { Set::squeeze(to, p, size, starts); }) return Set::squeeze(to, p, size, starts);
    const bool roomy = has_room(to, to_end) && has_room(p, end);
    std::size_t done = 0;
    for (; starts != 0; starts &= starts - 1) {
        const auto at = lowest_bit(starts);
        copy_run(to, p + done, at - done, roomy);
        to += at - done;
        *to++ = simple_escapes[static_cast<unsigned char>(p[at + 1]) & 0x7f];
        done = at + 2;
    }
    copy_run(to, p + done, size - done, roomy);
    return to + (size - done);
}

// Whether each of these bytes stands behind a backslash with a right.
template <class Set>
bool are_simple_escapes(const block_source<Set>& blocks, const char* p, std::uint64_t escaped) noexcept {
    if (escaped != 0) escaped &= ~blocks.find(p, '/');
    for (; escaped != 0; escaped &= escaped - 1)
        if (simple_escape(p[lowest_bit(escaped)]) == 0) return false;
    return true;
}

// Reads the blocks of one string. A member of its own for all that changes, so that it stays in registers.
template <class Set, bool Writes> class string_reader {
public:
    string_reader(string_read& s, const char* begin, const char* end) noexcept
        : s_(s), blocks_(begin, end), p_(s.p), to_(s.to), to_end_(s.to_end), end_(end) {}

    read_end run() noexcept {
        read_end how = read_end::closed;
        while (next_block(how)) {
        }
        s_.p = how == read_end::cut ? end_ : p_;
        s_.to = to_;
        s_.has_escape |= has_escape_;
        s_.has_control |= control_ != 0;
        s_.is_suspect |= suspect_ != 0;
        s_.needs_repair |= needs_repair_;
        if (how == read_end::closed)
            s_.needs_repair |= s_.is_suspect && (Set::is_exact || !is_utf8(s_.raw()));
        return how;
    }

private:
    // Then it costs less than to guess wrong whether a block has an escape.
    static constexpr bool squeezes_at_once = Writes && requires(char* to, const char* p) {
        Set::squeeze(to, p, 1, 0);
    };

    // A character may begin in the last bytes of a block.
    static constexpr std::ptrdiff_t most_of_character = 4;
    static constexpr std::ptrdiff_t room_for_block = block_size + most_of_character;

    // The next block depends on a branch only, not on what is in this one: so the CPU can go ahead.
    bool next_block(read_end& how) noexcept {
        if (Writes && to_end_ - to_ < room_for_block) return how = read_end::no_room, false;
        const auto left = static_cast<std::size_t>(end_ - p_);
        const auto m = blocks_.masks(p_);
        if (left < block_size) [[unlikely]]
            return last_block(m, left, how);
        if (squeezes_at_once || m.backslash != 0) return block_with_escapes(m, how);
        if constexpr (Writes) copy_block<Set>(to_, p_);
        if (m.quote != 0) return close(m, lowest_bit(m.quote));
        advance(m, block_size);
        if constexpr (Writes) to_ += block_size;
        return true;
    }

    void advance(const byte_masks& m, std::size_t size) noexcept {
        control_ |= m.control & lowest(size);
        suspect_ |= m.suspect & lowest(size + 1);  // a character that is cut shows in the byte behind it
        p_ += size;
    }

    bool close(const byte_masks& m, std::size_t size) noexcept {
        advance(m, size);
        if constexpr (Writes) to_ += size;
        return false;
    }

    bool block_with_escapes(const byte_masks& m, read_end& how) noexcept {
        const auto escaped = escaped_bytes(m.backslash);
        const auto starts = m.backslash & ~escaped;
        if (const auto quotes = m.quote & ~escaped) {
            const auto size = lowest_bit(quotes);
            if (const auto codes = codes_in(m, escaped & lowest(size)))
                return block_with_code(m, escaped, codes, how);
            if (!copy(m, escaped, size)) how = read_end::wrong;
            return false;
        }
        if (const auto codes = codes_in(m, escaped)) return block_with_code(m, escaped, codes, how);
        // A block begins behind an escape, never in it.
        const bool is_open = (starts >> (block_size - 1)) != 0;
        if (is_open ? copy(m, escaped, block_size - 1) : copy(m, escaped, block_size)) return true;
        return how = read_end::wrong, false;
    }

    std::uint64_t codes_in(const byte_masks& m, std::uint64_t escaped) noexcept {
        const auto others = escaped & ~(m.quote | m.backslash);  // most often none
        return others ? blocks_.find(p_, 'u') & others : 0;
    }

    bool block_with_code(const byte_masks& m, std::uint64_t escaped, std::uint64_t codes,
                         read_end& how) noexcept {
        if (copy(m, escaped, lowest_bit(codes) - 1) && read_codes()) return true;
        return how = read_end::wrong, false;
    }

    // The text ends in this block, and so has the string to.
    bool last_block(const byte_masks& m, std::size_t left, read_end& how) noexcept {
        if (left == 0) return how = read_end::cut, false;
        const auto escaped = escaped_bytes(m.backslash);
        const auto quotes = m.quote & ~escaped & lowest(left);
        const auto size = quotes ? lowest_bit(quotes) : left;
        if (const auto codes = codes_in(m, escaped & lowest(size)))
            return block_with_code(m, escaped, codes, how);
        const auto is_open = size != 0 && (m.backslash & ~escaped) >> (size - 1) & 1;
        if (!copy(m, escaped, size - is_open)) return how = read_end::wrong, false;
        if (!quotes) how = read_end::cut;
        return false;
    }

    // Takes the first bytes of a block with the escapes in them, all of which end there.
    bool copy(const byte_masks& m, std::uint64_t escaped, std::size_t size) noexcept {
        const auto inside = lowest(size);
        const auto starts = m.backslash & ~escaped & inside;
        has_escape_ |= starts != 0;
        if (!are_simple_escapes(blocks_, p_, escaped & inside & ~(m.quote | m.backslash))) return false;
        if constexpr (Writes) to_ = squeeze<Set>(to_, to_end_, p_, end_, size, starts);
        advance(m, size);
        return true;
    }

    // Reads the \uXXXX that begins here and those that follow it directly. False where one is none.
    bool read_codes() noexcept {
        has_escape_ = true;
        do {
            const auto code = code_unit(p_, end_);
            if (code < 0) return false;
            const bool is_pair = is_high_surrogate(code) && is_low_surrogate(code_unit(p_ + 6, end_));
            needs_repair_ |= !is_pair && (is_high_surrogate(code) || is_low_surrogate(code));
            if constexpr (Writes) decode_escape(to_, p_, end_);
            p_ += is_pair ? 12 : 6;
        } while (end_ - p_ > 2 && p_[0] == '\\' && p_[1] == 'u' &&
                 (!Writes || to_end_ - to_ >= most_of_character));
        return true;
    }

    string_read& s_;
    block_source<Set> blocks_;
    const char* p_;
    char* to_;
    char* to_end_;  // kept here, as whatever is written through `to_` could change what `s_` refers to
    const char* end_;
    std::uint64_t control_ = 0;
    std::uint64_t suspect_ = 0;
    bool has_escape_ = false;
    bool needs_repair_ = false;
};

/// Reads a string until it ends. `begin` and `end` are those of the whole text.
template <class Set, bool Writes>
read_end read_string(string_read& s, const char* begin, const char* end) noexcept {
    return string_reader<Set, Writes>(s, begin, end).run();
}

// The bits up to the lowest that is set, with it; all where none is.
constexpr std::uint64_t up_to_lowest(std::uint64_t bits) noexcept { return bits ^ (bits - 1); }

// Reads on where a block is at the border of the text: apart from the loop over whole ones, which so calls
// nothing and keeps all in registers.
template <class Set>
[[gnu::noinline]] plain_run read_plain_at_border(const char* p, const char* begin, const char* end,
                                                 std::uint64_t suspect) noexcept {
    const block_source<Set> blocks(begin, end);
    for (;; p += block_size) {
        const auto left = static_cast<std::size_t>(end - p);
        auto m = blocks.stops(p);
        if (left < block_size) m.stop |= std::uint64_t{1} << left;
        suspect |= m.suspect & up_to_lowest(m.stop);
        if (m.stop != 0) return {p + lowest_bit(m.stop), suspect};
    }
}

/// Reads a string from `first`, behind its opening quote, as far as there is nothing to decode.
template <class Set> plain_run read_plain(const char* first, const char* begin, const char* end) noexcept {
    const block_source<Set> blocks(begin, end);
    std::uint64_t suspect = 0;
    const char* p = first;
    for (; blocks.is_inside(p); p += block_size) {
        const auto m = blocks.stops_inside(p);
        suspect |= m.suspect & up_to_lowest(m.stop);  // a character that is cut shows in the byte behind it
        if (m.stop != 0) return {p + lowest_bit(m.stop), suspect};
    }
    return read_plain_at_border<Set>(p, begin, end, suspect);
}

}  // namespace wxmp::detail::text_engine

#endif
