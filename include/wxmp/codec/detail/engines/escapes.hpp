// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_ENGINES_ESCAPES_HPP
#define WXMP_CODEC_DETAIL_ENGINES_ESCAPES_HPP

#include <wxmp/data/sha1_digest.hpp>

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace wxmp::inline v0_1::detail::text_engine {

// What a backslash and `c` denote; 0 if that is not an escape for one byte.
constexpr char simple_escape(char c) noexcept {
    switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c == '"' || c == '\\' || c == '/' ? c : '\0';
    }
}

// As a table, indexed by the byte after a backslash.
alignas(64) inline constexpr auto simple_escapes = [] {
    std::array<char, 128> meant{};
    for (unsigned c = 0; c != meant.size(); ++c) meant[c] = simple_escape(static_cast<char>(c));
    return meant;
}();

// The code unit of a \uXXXX at `p`, or -1 if there is none.
constexpr int code_unit(const char* p, const char* end) noexcept {
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u') return -1;
    int code = 0;
    for (int i = 2; i != 6; ++i) {
        const int digit = hex_value(p[i]);
        if (digit < 0) return -1;
        code = code * 16 + digit;
    }
    return code;
}

constexpr bool is_high_surrogate(int code) noexcept { return code >= 0xd800 && code <= 0xdbff; }
constexpr bool is_low_surrogate(int code) noexcept { return code >= 0xdc00 && code <= 0xdfff; }

constexpr std::size_t utf8_size(unsigned code) noexcept {
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

inline char* write_utf8(char* to, unsigned code) noexcept {
    const auto size = utf8_size(code);
    if (size == 1) return *to++ = static_cast<char>(code), to;
    for (auto i = size - 1; i != 0; --i, code >>= 6) to[i] = static_cast<char>(0x80 | (code & 0x3f));
    to[0] = static_cast<char>((0xf00 >> size) | code);
    return to + size;
}

// Decodes the \uXXXX at `p`, or a surrogate pair. A lone surrogate yields three unspecified bytes.
inline void decode_escape(char*& to, const char* p, const char* end) noexcept {
    auto code = static_cast<unsigned>(code_unit(p, end));
    const auto low = is_high_surrogate(static_cast<int>(code)) ? code_unit(p + 6, end) : -1;
    if (is_low_surrogate(low))
        code = 0x10000 + ((code - 0xd800) << 10) + (static_cast<unsigned>(low) - 0xdc00);
    to = write_utf8(to, code);
}

// Reads the \uXXXX at `p` and those that directly follow. False if one is malformed.
template <bool Writes>
bool read_codes(const char*& p, const char* end, char*& to, const char* to_end, bool& needs_repair) noexcept {
    constexpr std::ptrdiff_t most_of_character = 4;
    do {
        const auto code = code_unit(p, end);
        if (code < 0) return false;
        const bool is_pair = is_high_surrogate(code) && is_low_surrogate(code_unit(p + 6, end));
        needs_repair |= !is_pair && (is_high_surrogate(code) || is_low_surrogate(code));
        if constexpr (Writes) decode_escape(to, p, end);
        p += is_pair ? 12 : 6;
    } while (end - p > 2 && p[0] == '\\' && p[1] == 'u' && (!Writes || to_end - to >= most_of_character));
    return true;
}

// The escape for each byte that must not appear in a string.
inline constexpr auto escape_texts = [] {
    constexpr char digits[] = "0123456789abcdef";
    std::array<std::array<char, 6>, 128> all{};
    for (unsigned c = 0; c != 0x20; ++c) all[c] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    for (const char c : {'b', 'f', 'n', 'r', 't', '"', '\\'})
        all[static_cast<unsigned char>(simple_escape(c))] = {'\\', c};
    return all;
}();
inline constexpr std::ptrdiff_t longest_escape = sizeof escape_texts[0];
constexpr std::string_view escape_of(char c) noexcept {
    const auto& escape = escape_texts[static_cast<unsigned char>(c)];
    return {escape.data(), escape[1] == 'u' ? escape.size() : 2};
}

// Writes the escape for such a byte, and up to the longest. Returns its end.
[[gnu::always_inline]] inline char* write_escape(char* to, char c) noexcept {
    if (static_cast<unsigned char>(c) >= 0x20) return to[0] = '\\', to[1] = c, to + 2;
    const auto by = escape_of(c);
    std::memcpy(to, by.data(), longest_escape);  // of one size, as a call would cost all vector registers
    return to + by.size();
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
