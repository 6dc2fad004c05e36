// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_STRING_WRITER_HPP
#define WXMP_CODEC_DETAIL_ENGINES_STRING_WRITER_HPP

#include <wxmp/codec/detail/engines/copying.hpp>
#include <wxmp/codec/detail/engines/escapes.hpp>
#include <wxmp/codec/detail/engines/masks.hpp>
#include <wxmp/codec/detail/text/engine.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Writes strings in JSON, using the masks of any instruction set.
namespace wxmp::inline v0_1::detail::text_engine {

/// The size of `text` in bytes when escaped, or @ref not_utf8.
template <class Set> std::size_t escaped_size(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const char* p = text.data();
    const char* const end = p + text.size();
    const block_source<Set> blocks(p, end);
    std::size_t more = 0;
    std::uint64_t suspect = 0;
    const auto count = [&](const byte_masks& m, std::size_t size) {
        suspect |= m.suspect & lowest(size + 1);
        more += static_cast<std::size_t>(std::popcount((m.quote | m.backslash) & lowest(size)));
        for (auto c = m.control & lowest(size); c != 0; c &= c - 1)
            more += escape_of(p[lowest_bit(c)]).size() - 1;
    };
    for (;; p += block_size) {
        for (const Set set; blocks.is_inside(p); p += block_size) count(set.classify(p), block_size);
        const auto left = static_cast<std::size_t>(end - p);
        count(blocks.masks(p), left);
        if (left < block_size) break;  // not earlier: the last character may be incomplete
    }
    if (suspect != 0) return not_utf8;
    return text.size() + more;
}

// Copies `size` bytes, escaping those in `marked`.
template <class Set>
char* stretch(char* to, const char* to_end, const char* p, const char* end, std::size_t size,
              std::uint64_t marked) noexcept {
    const bool roomy = has_room(to, to_end) && has_room(p, end);
    if constexpr (requires { Set::stretch(to, p, size, marked); })
        if (char* const stop = roomy ? Set::stretch(to, p, size, marked) : nullptr) return stop;
    std::size_t done = 0;
    for (; marked != 0; marked &= marked - 1) {
        const auto at = lowest_bit(marked);
        copy_run(to, p + done, at - done, roomy);
        to += at - done;
        const auto by = escape_of(p[at]);
        to = std::copy(by.begin(), by.end(), to);
        done = at + 1;
    }
    copy_run(to, p + done, size - done, roomy);
    return to + (size - done);
}

/// Writes `text` escaped, into room for @ref escaped_size bytes; returns the end.
template <class Set> char* escape(char* to, const char* to_end, std::string_view text) noexcept {
    const char* p = text.data();
    const char* const end = p + text.size();
    const block_source<Set> blocks(p, end);
    const auto write = [&](std::uint64_t marked, std::size_t size) {
        if (marked != 0) to = stretch<Set>(to, to_end, p, end, size, marked);
        else copy_run(to, p, size, has_room(to, to_end) && has_room(p, end)), to += size;
        p += size;
    };
    while (p != end) {
        for (const Set set; blocks.is_inside(p);) write(blocks.stops_inside(set, p).stop, block_size);
        const auto size = std::min(static_cast<std::size_t>(end - p), block_size);
        write(blocks.stops(p).stop & lowest(size), size);
    }
    return to;
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
