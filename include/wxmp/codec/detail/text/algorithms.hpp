// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_ALGORITHMS_HPP
#define WXMP_CODEC_DETAIL_TEXT_ALGORITHMS_HPP

#include <wxmp/codec/detail/text/escapes.hpp>
#include <wxmp/codec/detail/text/masks.hpp>
#include <wxmp/codec/utf8.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Every algorithm over strings in JSON, once, over the masks of an instruction set.
namespace wxmp::detail::text_engine {

// A string that is being read, from behind its opening quote on.
struct string_read {
    const char* first;       // behind the opening quote
    const char* p = first;   // read up to here; at the end, the closing quote
    char* to = nullptr;      // where the text goes
    char* to_end = nullptr;  // and how far it may
    bool has_escape = false;
    bool has_control = false;   // a raw control character
    bool needs_repair = false;  // invalid UTF-8 or half of a surrogate pair
    bool is_suspect = false;    // may be invalid UTF-8

    std::string_view raw() const noexcept { return {first, static_cast<std::size_t>(p - first)}; }
};

enum class read_end : std::uint8_t {
    closed,   // the closing quote is reached
    cut,      // the end of the text is
    wrong,    // an escape is none
    no_room,  // more of it is needed to go on
};

// The bytes behind an odd number of backslashes.
constexpr std::uint64_t escaped_bytes(std::uint64_t backslashes) noexcept {
    constexpr std::uint64_t even = 0x5555555555555555;
    const auto follows = backslashes << 1;
    const auto odd_starts = backslashes & ~even & ~follows;
    return (even ^ ((odd_starts + backslashes) << 1)) & follows;
}

inline std::size_t lowest_bit(std::uint64_t mask) noexcept {
    return static_cast<std::size_t>(std::countr_zero(mask));
}

// Copies `size` bytes; in one go where that many bytes may be read and written.
inline void copy_run(char* to, const char* to_end, const char* from, const char* from_end,
                     std::size_t size) noexcept {
    constexpr std::size_t chunk = 32;
    if (size == block_size) std::memcpy(to, from, block_size);
    else if (size <= chunk && to_end - to >= static_cast<std::ptrdiff_t>(chunk) &&
             from_end - from >= static_cast<std::ptrdiff_t>(chunk))
        std::memcpy(to, from, chunk);
    else std::memcpy(to, from, size);
}

// Copies so many bytes without the backslashes in `starts`, what follows each as what it stands for.
template <class Set>
char* squeeze(char* to, const char* to_end, const char* p, const char* end, std::size_t size,
              std::uint64_t starts) noexcept {
    if constexpr (requires { Set::squeeze(to, p, size, starts); }) return Set::squeeze(to, p, size, starts);
    std::size_t done = 0;
    for (; starts != 0; starts &= starts - 1) {
        const auto at = lowest_bit(starts);
        copy_run(to, to_end, p + done, end, at - done);
        to += at - done;
        *to++ = simple_escape(p[at + 1]);
        done = at + 2;
    }
    copy_run(to, to_end, p + done, end, size - done);
    return to + (size - done);
}

// Whether each of these bytes stands behind a backslash with a right.
template <class Set>
bool are_simple_escapes(block_source<Set>& blocks, const char* p, std::uint64_t escaped) noexcept {
    if (escaped != 0) escaped &= ~blocks.find(p, '/');
    for (; escaped != 0; escaped &= escaped - 1)
        if (simple_escape(p[lowest_bit(escaped)]) == 0) return false;
    return true;
}

// Reads the blocks of one string. A member of its own for all that changes, so that it stays in registers.
template <class Set, bool Writes> class string_reader {
public:
    string_reader(string_read& s, const char* begin, const char* end) noexcept
        : s_(s), blocks_(begin, end), p_(s.p), to_(s.to), end_(end) {}

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
    // The next block depends on a branch only, not on what is in this one: so the CPU can go ahead.
    bool next_block(read_end& how) noexcept {
        if (Writes && s_.to_end - to_ < static_cast<std::ptrdiff_t>(block_size))
            return how = read_end::no_room, false;
        const auto left = static_cast<std::size_t>(end_ - p_);
        const auto m = blocks_.masks(p_);
        if (left < block_size) [[unlikely]]
            return last_block(m, left, how);
        if (m.backslash != 0) return block_with_escapes(m, how);
        if constexpr (Writes) std::memcpy(to_, p_, block_size);
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
            if (const auto codes = codes_in(escaped & lowest(size)))
                return block_with_code(m, escaped, codes, how);
            if (!copy(m, escaped, size)) how = read_end::wrong;
            return false;
        }
        if (const auto codes = codes_in(escaped)) return block_with_code(m, escaped, codes, how);
        // A block begins behind an escape, never in it.
        const bool is_open = (starts >> (block_size - 1)) != 0;
        if (is_open ? copy(m, escaped, block_size - 1) : copy(m, escaped, block_size)) return true;
        return how = read_end::wrong, false;
    }

    std::uint64_t codes_in(std::uint64_t escaped) noexcept {
        return escaped ? blocks_.find(p_, 'u') & escaped : 0;
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
        if (const auto codes = codes_in(escaped & lowest(size)))
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
        if constexpr (Writes) to_ = squeeze<Set>(to_, s_.to_end, p_, end_, size, starts);
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
        } while (end_ - p_ > 2 && p_[0] == '\\' && p_[1] == 'u' && (!Writes || s_.to_end - to_ >= 8));
        return true;
    }

    string_read& s_;
    block_source<Set> blocks_;
    const char* p_;
    char* to_;
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

inline constexpr std::size_t not_utf8 = ~std::size_t{};

/// How many bytes `text` has with its escapes, or @ref not_utf8.
template <class Set> std::size_t escaped_size(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const char* p = text.data();
    const char* const end = p + text.size();
    block_source<Set> blocks(p, end);
    std::size_t more = 0;
    std::uint64_t suspect = 0;
    for (;; p += block_size) {
        const auto left = static_cast<std::size_t>(end - p);
        const auto m = blocks.masks(p);
        suspect |= m.suspect & lowest(left + 1);
        more += static_cast<std::size_t>(std::popcount((m.quote | m.backslash) & lowest(left)));
        for (auto c = m.control & lowest(left); c != 0; c &= c - 1)
            more += escape_of(p[lowest_bit(c)]).size() - 1;
        if (left < block_size) break;  // not before: a character may be cut at the end
    }
    if (suspect != 0 && (Set::is_exact || !is_utf8(text))) return not_utf8;
    return text.size() + more;
}

// Copies so many bytes, and what is in `marked` as its escape.
template <class Set>
char* stretch(char* to, const char* to_end, const char* p, const char* end, std::size_t size,
              std::uint64_t marked) noexcept {
    if constexpr (requires { Set::stretch(to, p, size, marked); })
        if (char* const stop = Set::stretch(to, p, size, marked)) return stop;
    std::size_t done = 0;
    for (; marked != 0; marked &= marked - 1) {
        const auto at = lowest_bit(marked);
        copy_run(to, to_end, p + done, end, at - done);
        to += at - done;
        const auto by = escape_of(p[at]);
        to = std::copy(by.begin(), by.end(), to);
        done = at + 1;
    }
    copy_run(to, to_end, p + done, end, size - done);
    return to + (size - done);
}

/// Writes `text` with its escapes; there is room for as many bytes as @ref escaped_size says. The end.
template <class Set> char* escape(char* to, const char* to_end, std::string_view text) noexcept {
    const char* p = text.data();
    const char* const end = p + text.size();
    block_source<Set> blocks(p, end);
    while (p != end) {
        const auto size = std::min(static_cast<std::size_t>(end - p), block_size);
        const auto m = blocks.masks(p);
        const auto marked = (m.quote | m.backslash | m.control) & lowest(size);
        if (marked != 0) to = stretch<Set>(to, to_end, p, end, size, marked);
        else copy_run(to, to_end, p, end, size), to += size;
        p += size;
    }
    return to;
}

}  // namespace wxmp::detail::text_engine

#endif
