// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_PORTABLE_HPP
#define WXMP_CODEC_DETAIL_ENGINES_PORTABLE_HPP

#include <wxmp/codec/detail/engines/escapes.hpp>
#include <wxmp/codec/detail/text/engine.hpp>
#include <wxmp/codec/detail/text/word.hpp>
#include <wxmp/codec/utf8.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace wxmp::inline v0_1::detail::text_engine {

// Portable C++: passes text eight bytes at a time, and 24 of what consists of characters of three bytes, as
// Chinese does.
class portable {
public:
    static constexpr const char* name = "portable";
    static bool available() noexcept { return true; }

    static plain_run read_plain(const char* p, const char* /*begin*/, const char* end) noexcept {
        std::uint64_t suspect = 0;
        for (;; ++p, suspect = 1) {
            p = pass_all<false>(p, end, nullptr);
            if (p == end || is_ascii(*p)) return {p, suspect};
        }
    }

    template <bool Writes>
    static read_end read_string(string_read& s, const char* /*begin*/, const char* end) noexcept {
        for (;;) {
            const auto room = Writes ? std::min(end - s.p, s.to_end - s.to) : end - s.p;
            const char* const limit = s.p + room;
            const char* const stop =
                limit == end ? pass_all<Writes>(s.p, end, s.to) : pass<Writes>(s.p, limit, s.to);
            if constexpr (Writes) s.to += stop - s.p;
            s.p = stop;
            if (limit != end && limit - s.p < reach) return read_end::no_room;
            if (s.p == end) return read_end::cut;
            if (*s.p == '"') return read_end::closed;
            if (*s.p != '\\') take_wrong<Writes>(s);
            else if (end - s.p == 1) return s.p = end, read_end::cut;
            else if (!take_escape<Writes>(s, end)) return read_end::wrong;
        }
    }

    static write_end write_string(string_write& s) noexcept {
        const char* const end = s.end();
        for (; s.to_end - s.to >= end - s.p; ++s.p) {
            const char* const stop = pass_all<true>(s.p, end, s.to);
            s.to += stop - s.p;
            s.p = stop;
            if (s.p == end) return write_end::done;
            if (!is_ascii(*s.p)) return write_end::not_utf8;
            if (s.to_end - s.to < longest_escape) return write_end::no_room;
            s.to = write_escape(s.to, *s.p);
        }
        return write_end::no_room;
    }

private:
    // How many bytes `pass` may look at, and write.
    static constexpr std::ptrdiff_t reach = 24;

    static bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

    // Where there first is what must not be in a string, or no UTF-8. Copies what is before that; `to` has
    // room for as much as there is before `end`.
    template <bool Writes> static const char* pass_all(const char* p, const char* end, char* to) noexcept {
        const char* const stop = pass<Writes>(p, end, to);
        if (end - stop >= reach || stop == end) return stop;
        char rest[2 * reach]{};
        const auto left = static_cast<std::size_t>(end - stop);
        std::memcpy(rest, stop, left);
        const auto size = pass<false>(rest, rest + left + reach - 1, nullptr) - rest;
        if constexpr (Writes) std::memcpy(to + (stop - p), stop, static_cast<std::size_t>(size));
        return stop + size;
    }

    // The same, but ends where less than `reach` is left.
    template <bool Writes> static const char* pass(const char* p, const char* end, char* to) noexcept {
        while (end - p >= reach) {
            const auto others = not_plain(little_word_at(p));
            const auto size = others == 0 ? 8 : std::countr_zero(others) / 8;
            if constexpr (Writes) std::memcpy(to, p, 8), to += size;
            p += size;
            if (others == 0) continue;
            if (is_ascii(*p)) return p;
            const char* const stop = pass_characters<Writes>(p, end, to);
            if (stop == p) return p;
            if constexpr (Writes) to += stop - p;
            p = stop;
        }
        return p;
    }

    // Passes characters of three bytes, up to the first other character, or that one.
    template <bool Writes>
    static const char* pass_characters(const char* p, const char* end, char* to) noexcept {
        for (; end - p >= reach && are_eight_of_three(p); p += reach)
            if constexpr (Writes) std::memcpy(to, p, reach), to += reach;
        for (std::size_t size = 3; size == 3 && end - p >= reach; p += size) {
            size = size_of_character(p);
            if constexpr (Writes) std::memcpy(to, p, 8), to += size;
        }
        return p;
    }

    // The size of the character at `p`; 0 if it is ASCII, or no UTF-8.
    static std::size_t size_of_character(const char* p) noexcept {
        const auto w = little_word_at(p);
        const auto second = w & 0x200f;  // what tells overlong forms and surrogates
        if ((w & 0xc0c0f0) == 0x8080e0 && second != 0 && second != 0x200d) return 3;
        const auto step = utf8_at({p, 4}, 0);
        return step.valid && !is_ascii(*p) ? step.size : 0;
    }

    // Whether here are eight characters of three bytes. False if one begins with 0xe0 or 0xed, after which
    // not every continuation is valid.
    static bool are_eight_of_three(const char* p) noexcept {
        constexpr std::uint64_t ones = 0x0101010101010101;
        constexpr std::uint64_t first_in_a = 0x00ff0000ff0000ff, first_in_b = 0xff0000ff0000ff00,
                                first_in_c = 0x0000ff0000ff0000;
        const auto differs = [](std::uint64_t w, std::uint64_t first) {
            return (w & (ones * 0xc0 | (first & ones * 0x30))) ^ (ones * 0x80 | (first & ones * 0x60));
        };
        const auto a = little_word_at(p), b = little_word_at(p + 8), c = little_word_at(p + 16);
        if ((differs(a, first_in_a) | differs(b, first_in_b) | differs(c, first_in_c)) != 0) return false;
        const auto low = ((a & first_in_a) | (b & first_in_b) | (c & first_in_c)) & ones * 0x0f;
        return ((low + ones * 0x0f) & ((low ^ ones * 0x0d) + ones * 0x0f) & ones * 0x10) == ones * 0x10;
    }

    // Takes a byte that must not be in a string, but may come in one.
    template <bool Writes> static void take_wrong(string_read& s) noexcept {
        (is_ascii(*s.p) ? s.has_control : s.needs_repair) = true;
        if constexpr (Writes) *s.to++ = *s.p;
        ++s.p;
    }

    // Takes a backslash and what it denotes. False if that is malformed.
    template <bool Writes> static bool take_escape(string_read& s, const char* end) noexcept {
        s.has_escape = true;
        const char meant = is_ascii(s.p[1]) ? simple_escapes[static_cast<unsigned char>(s.p[1])] : '\0';
        if (meant == 0) return read_codes<Writes>(s.p, end, s.to, s.to_end, s.needs_repair);
        if constexpr (Writes) *s.to++ = meant;
        s.p += 2;
        return true;
    }
};

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
