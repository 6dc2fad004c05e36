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

// What a string holds, from behind its opening quote to its closing one.
struct string_scan {
    const char* first{};    // behind the opening quote
    const char* stop{};     // the closing quote; null where the string is not closed or an escape is none
    std::size_t removed{};  // how many bytes shorter it is decoded
    bool has_escape{};
    bool has_control{};   // a raw control character
    bool needs_repair{};  // invalid UTF-8 or half of a surrogate pair
    bool is_cut{};        // the text ends in it
};

// The bytes behind an odd number of backslashes. `odd` carries from block to block.
constexpr std::uint64_t escaped_bytes(std::uint64_t backslashes, std::uint64_t& odd) noexcept {
    constexpr std::uint64_t even = 0x5555555555555555;
    backslashes &= ~odd;
    const auto follows = backslashes << 1 | odd;
    const auto odd_starts = backslashes & ~even & ~follows;
    const auto sum = odd_starts + backslashes;
    odd = sum < backslashes;
    return (even ^ (sum << 1)) & follows;
}

inline std::size_t lowest_bit(std::uint64_t mask) noexcept {
    return static_cast<std::size_t>(std::countr_zero(mask));
}

// Notes the escape whose second byte is at `p`; false where it is none.
inline bool note_escape(string_scan& s, const char* p, const char* end, const char*& low_half) noexcept {
    if (*p != 'u') {
        s.removed += 1;
        return simple_escape(*p) != 0;
    }
    const auto code = code_unit(p - 1, end);
    if (code < 0) return false;
    if (p == low_half) return true;  // counted with its first half
    if (is_high_surrogate(code) && is_low_surrogate(code_unit(p + 5, end))) {
        low_half = p + 6;
        s.removed += 12 - 4;
    } else {
        s.needs_repair |= is_high_surrogate(code) || is_low_surrogate(code);
        s.removed += 6 - utf8_size(static_cast<unsigned>(code));
    }
    return true;
}

/// Finds the end of a string. `p` is behind the opening quote, `begin` is where the whole text begins.
template <class Set> string_scan scan_string(const char* begin, const char* p, const char* end) noexcept {
    string_scan s;
    s.first = p;
    block_source blocks(begin, end);
    const char* low_half = nullptr;
    std::uint64_t odd = 0;
    std::uint64_t suspect = 0;
    for (; p < end; p += block_size) {
        const auto m = Set::classify(blocks.at(p));
        const auto escaped = m.backslash == 0 && odd == 0 ? 0 : escaped_bytes(m.backslash, odd);
        const auto left = static_cast<std::size_t>(end - p);
        const auto quotes = m.quote & ~escaped & lowest(left);
        const auto size = quotes ? lowest_bit(quotes) : std::min(left, block_size);
        const auto inside = lowest(size);
        s.has_escape |= (m.backslash & inside) != 0;
        s.has_control |= (m.control & inside) != 0;
        suspect |= m.suspect & lowest(size + 1);
        auto visit = escaped & inside;
        const auto plain = visit & (m.quote | m.backslash);
        s.removed += static_cast<std::size_t>(std::popcount(plain));
        for (visit ^= plain; visit != 0; visit &= visit - 1)
            if (!note_escape(s, p + lowest_bit(visit), end, low_half)) return s;
        if (quotes) {
            s.stop = p + size;
            const std::string_view raw(s.first, static_cast<std::size_t>(s.stop - s.first));
            s.needs_repair |= Set::is_exact ? suspect != 0 : suspect != 0 && !is_utf8(raw);
            return s;
        }
    }
    s.is_cut = true;
    return s;
}

// Copies `size` bytes; in one go where that many bytes may be read and written.
inline void copy_run(char* to, const char* to_end, const char* from, const char* from_end,
                     std::size_t size) noexcept {
    constexpr std::size_t chunk = 32;
    if (size <= chunk && to_end - to >= static_cast<std::ptrdiff_t>(chunk) &&
        from_end - from >= static_cast<std::ptrdiff_t>(chunk))
        std::memcpy(to, from, chunk);
    else std::memcpy(to, from, size);
}

/// Decodes a string that @ref scan_string found to be in order into exactly as many bytes as it has.
template <class Set>
void unescape(char* to, const char* to_end, const char* p, const char* stop, const char* end) noexcept {
    while (p != stop) {
        block_source blocks(p, end, 0);
        const auto size = std::min(static_cast<std::size_t>(stop - p), block_size);
        auto mask = Set::backslashes(blocks.at(p)) & lowest(size);
        std::size_t done = 0;
        while (mask != 0) {
            const auto run = lowest_bit(mask) - done;
            copy_run(to, to_end, p + done, end, run);
            to += run;
            done += run;
            done += decode_escape(to, p + done, stop);
            if (done >= size) break;
            mask &= ~lowest(done);
        }
        if (done < size) {
            copy_run(to, to_end, p + done, end, size - done);
            to += size - done;
            done = size;
        }
        p += done;
    }
}

inline constexpr std::size_t not_utf8 = ~std::size_t{};

/// How many bytes `text` has with its escapes, or @ref not_utf8.
template <class Set> std::size_t escaped_size(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const char* p = text.data();
    const char* const end = p + text.size();
    block_source blocks(p, end);
    std::size_t more = 0;
    std::uint64_t suspect = 0;
    for (;; p += block_size) {
        const auto left = static_cast<std::size_t>(end - p);
        const auto m = Set::classify(blocks.at(p));
        suspect |= m.suspect & lowest(left + 1);
        more += static_cast<std::size_t>(std::popcount((m.quote | m.backslash) & lowest(left)));
        for (auto c = m.control & lowest(left); c != 0; c &= c - 1)
            more += escape_of(p[lowest_bit(c)]).size() - 1;
        if (left < block_size) break;  // not before: a character may be cut at the end
    }
    if (suspect != 0 && (Set::is_exact || !is_utf8(text))) return not_utf8;
    return text.size() + more;
}

/// Writes `text` with its escapes; there is room for as many bytes as @ref escaped_size says. The end.
template <class Set> char* escape(char* to, const char* to_end, std::string_view text) noexcept {
    const char* p = text.data();
    const char* const end = p + text.size();
    block_source blocks(p, end);
    while (p != end) {
        const auto size = std::min(static_cast<std::size_t>(end - p), block_size);
        const auto m = Set::classify(blocks.at(p));
        std::size_t done = 0;
        for (auto mask = (m.quote | m.backslash | m.control) & lowest(size); mask != 0; mask &= mask - 1) {
            const auto at = lowest_bit(mask);
            copy_run(to, to_end, p + done, end, at - done);
            to += at - done;
            const auto by = escape_of(p[at]);
            to = std::copy(by.begin(), by.end(), to);
            done = at + 1;
        }
        copy_run(to, to_end, p + done, end, size - done);
        to += size - done;
        p += size;
    }
    return to;
}

}  // namespace wxmp::detail::text_engine

#endif
