// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_STRING_READER_HPP
#define WXMP_CODEC_DETAIL_ENGINES_STRING_READER_HPP

#include <wxmp/codec/detail/engines/escapes.hpp>
#include <wxmp/codec/detail/engines/masks.hpp>
#include <wxmp/codec/detail/text/engine.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Reads strings in JSON, using the masks of any instruction set.
namespace wxmp::inline v0_1::detail::text_engine {

// The bytes after an odd number of backslashes.
constexpr std::uint64_t escaped_bytes(std::uint64_t backslashes) noexcept {
    constexpr std::uint64_t even = 0x5555555555555555;
    const auto follows = backslashes << 1;
    const auto odd_starts = backslashes & ~even & ~follows;
    return (even ^ ((odd_starts + backslashes) << 1)) & follows;
}

// Copies at most a block. If both ends have room for two blocks, it may copy more than `size`.
inline void copy_run(char* to, const char* from, std::size_t size, bool has_room) noexcept {
    constexpr std::size_t chunk = 32;
    if (!has_room) return void(std::memcpy(to, from, size));
    std::memcpy(to, from, chunk);
    if (size > chunk) std::memcpy(to + chunk, from + chunk, chunk);
}

// Copies `size` bytes without the backslashes in `starts`, and decodes the escaped bytes in `others`.
template <class Set>
[[gnu::always_inline]] inline char* squeeze(char* to, const char* to_end, const char* p, const char* end,
                                            std::size_t size, std::uint64_t starts,
                                            std::uint64_t others) noexcept {
    if constexpr (requires { Set::squeeze(to, p, size, starts, others); })
        return Set::squeeze(to, p, size, starts, others);
    constexpr std::ptrdiff_t two_blocks = 2 * block_size;
    const bool roomy = to_end - to >= two_blocks && end - p >= two_blocks;
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

// The escaped bytes that do not denote a single byte: in valid text each is a `u`.
inline std::uint64_t long_escapes(const char* p, std::uint64_t escaped) noexcept {
    std::uint64_t found = 0;
    for (; escaped != 0; escaped &= escaped - 1)
        if (simple_escape(p[lowest_bit(escaped)]) == 0) found |= escaped & -escaped;
    return found;
}

// Reads the blocks of one string.
template <class Set, bool Writes> class string_reader {
public:
    [[gnu::always_inline]] string_reader(string_read& s, const char* begin, const char* end) noexcept
        : s_(s), begin_(begin), p_(s.p), end_(end), to_(s.to), to_end_(s.to_end) {}

    [[gnu::always_inline]] read_end run() noexcept {
        read_end how = read_end::closed;
        while (read_block(how)) read_usual_blocks();
        s_.p = how == read_end::cut ? end_ : p_;
        s_.to = to_;
        s_.has_escape |= seen_.backslash != 0;
        s_.has_control |= seen_.control != 0;
        s_.needs_repair |= needs_repair_ || seen_.suspect != 0;
        return how;
    }

private:
    // If so, it costs less than a mispredicted branch on whether a block has an escape.
    static constexpr bool squeezes_at_once = requires(char* to, const char* p) {
        Set::squeeze(to, p, 1, 0, 0);
    };

    // A character may start in the last bytes of a block.
    static constexpr std::ptrdiff_t most_of_character = 4;
    static constexpr std::ptrdiff_t room_for_block = block_size + most_of_character;

    // The escapes in a block.
    struct escapes {
        explicit constexpr escapes(const byte_masks& m) noexcept
            : escaped(escaped_bytes(m.backslash)),
              starts(m.backslash & ~escaped),
              others(escaped & ~(m.quote | m.backslash)) {}

        std::uint64_t escaped;  // the bytes after the backslashes in `starts`
        std::uint64_t starts;
        std::uint64_t others;  // escaped bytes that do not denote themselves, or may not
    };

    [[gnu::always_inline]] bool has_room_for_block(const char* to) const noexcept {
        return !Writes || to_end_ - to >= room_for_block;
    }

    // Reads whole blocks until the string ends in one, or has an escape there that is long or cut by the end
    // of the block. The next block depends only on a branch, not on the content of this one, so the CPU can
    // run ahead. What changes is in local variables, to stay in registers.
    [[gnu::always_inline]] void read_usual_blocks() noexcept {
        const block_source<Set> blocks(begin_, end_);
        const Set set;
        const char* p = p_;
        char* to = to_;
        byte_masks seen = seen_;
        for (; blocks.is_inside(p) && has_room_for_block(to); p += block_size) {
            const auto m = set.classify(p);
            const escapes e(m);
            if (((m.quote & ~e.escaped) | e.starts >> (block_size - 1)) != 0) break;
            if (e.others != 0 && long_escapes_inside(p, e.others) != 0) break;
            seen.backslash |= m.backslash;
            seen.control |= m.control;
            seen.suspect |= m.suspect;
            if constexpr (Writes) to = squeeze_block(to, p, e);
        }
        p_ = p;
        to_ = to;
        seen_ = seen;
    }

    [[gnu::always_inline]] static std::uint64_t long_escapes_inside(const char* p,
                                                                    std::uint64_t escaped) noexcept {
        if constexpr (requires { Set::long_escapes(p, escaped); }) return Set::long_escapes(p, escaped);
        else return long_escapes(p, escaped);
    }

    [[gnu::always_inline]] char* squeeze_block(char* to, const char* p, const escapes& e) const noexcept {
        if (squeezes_at_once || e.starts != 0)
            return squeeze<Set>(to, to_end_, p, end_, block_size, e.starts, e.others);
        std::memcpy(to, p, block_size);
        return to + block_size;
    }

    // Reads any block, up to the end of the string or the text, or past a long escape. The next block starts
    // after an escape, never inside it.
    [[gnu::always_inline]] bool read_block(read_end& how) noexcept {
        if (!has_room_for_block(to_)) return how = read_end::no_room, false;
        const auto left = std::min(static_cast<std::size_t>(end_ - p_), block_size);
        if (left == 0) return how = read_end::cut, false;
        const auto m = block_source<Set>(begin_, end_).masks(p_);
        const escapes e(m);
        const auto quotes = m.quote & ~e.escaped;
        const auto size =
            quotes ? lowest_bit(quotes) : left - static_cast<std::size_t>(e.starts >> (left - 1) & 1);
        if (const auto escaped = long_escapes(p_, e.others & lowest(size))) {
            take(m, e, lowest_bit(escaped) - 1);
            seen_.backslash |= 1;
            if (read_codes<Writes>(p_, end_, to_, to_end_, needs_repair_)) return true;
            return how = read_end::wrong, false;
        }
        take(m, e, size);
        if (quotes == 0 && left < block_size) how = read_end::cut;
        return quotes == 0 && left == block_size;
    }

    // Takes the first bytes of a block, with the escapes in them.
    [[gnu::always_inline]] void take(const byte_masks& m, const escapes& e, std::size_t size) noexcept {
        const auto inside = lowest(size);
        seen_.backslash |= m.backslash & inside;
        seen_.control |= m.control & inside;
        seen_.suspect |= m.suspect & lowest(size + 1);  // the byte after an incomplete character shows it
        if constexpr (Writes)
            to_ = squeeze<Set>(to_, to_end_, p_, end_, size, e.starts & inside, e.others & inside);
        p_ += size;
    }

    string_read& s_;
    const char* begin_;
    const char* p_;
    const char* end_;
    char* to_;
    char* to_end_;
    byte_masks seen_{};  // in all blocks so far, except quotes
    bool needs_repair_ = false;
};

/// Reads a string until it ends. `begin` and `end` are those of the whole text.
template <class Set, bool Writes>
[[gnu::always_inline]] inline read_end read_string(string_read& s, const char* begin,
                                                   const char* end) noexcept {
    return string_reader<Set, Writes>(s, begin, end).run();
}

// The bits up to and including the lowest that is set; all if none is.
constexpr std::uint64_t up_to_lowest(std::uint64_t bits) noexcept { return bits ^ (bits - 1); }

// Continues at the border of the text. Separate from the loop over whole blocks, so that the loop makes no
// call and keeps everything in registers.
template <class Set>
[[gnu::noinline]] plain_run read_plain_at_border(const char* p, const char* begin, const char* end,
                                                 std::uint64_t suspect) noexcept {
    const block_source<Set> blocks(begin, end);
    for (;; p += block_size) {
        const auto left = static_cast<std::size_t>(end - p);
        const auto m = blocks.masks(p);
        const auto stops = m.stops() | (left < block_size ? std::uint64_t{1} << left : 0);
        suspect |= m.suspect & up_to_lowest(stops);
        if (stops != 0) return {p + lowest_bit(stops), suspect};
    }
}

/// Reads a string from `first`, after its opening quote, as far as there is nothing to decode.
template <class Set>
[[gnu::always_inline]] inline plain_run read_plain(const char* first, const char* begin,
                                                   const char* end) noexcept {
    const block_source<Set> blocks(begin, end);
    const Set set;
    std::uint64_t suspect = 0;
    if (!blocks.is_inside(first)) return read_plain_at_border<Set>(first, begin, end, suspect);
    const char* p = first;
    for (; blocks.has_block(p); p += block_size) {
        const auto m = set.classify(p);
        const auto stops = m.stops();
        suspect |= m.suspect & up_to_lowest(stops);  // the byte after an incomplete character shows it
        if (stops != 0) return {p + lowest_bit(stops), suspect};
    }
    return read_plain_at_border<Set>(p, begin, end, suspect);
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
