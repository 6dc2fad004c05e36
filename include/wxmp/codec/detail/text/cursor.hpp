// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_CURSOR_HPP
#define WXMP_CODEC_DETAIL_TEXT_CURSOR_HPP

#include <wxmp/codec/detail/text/number.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wxmp {

/// What a JSON value is; `none` where there is no value.
enum class json_kind : std::uint8_t { none, null, yes_no, number, text, array, object };

namespace detail {

// By the first byte of a value.
inline constexpr auto kind_by_first = [] {
    std::array<json_kind, 256> kinds{};
    kinds['-'] = json_kind::number;
    for (unsigned digit = '0'; digit <= '9'; ++digit) kinds[digit] = json_kind::number;
    kinds['t'] = kinds['f'] = json_kind::yes_no;
    kinds['n'] = json_kind::null;
    kinds['"'] = json_kind::text;
    kinds['['] = json_kind::array;
    kinds['{'] = json_kind::object;
    return kinds;
}();

// A place in JSON text, and whether the text is broken there.
class json_cursor {
public:
    explicit json_cursor(std::string_view text) noexcept
        : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()) {}

    /// True once the text turned out to be no JSON, or nested too deep.
    [[nodiscard]] bool is_broken() const noexcept { return broken_ != nullptr; }

    /// Reads a number if it is a whole one of at most 18 digits, as most are; else reads nothing but
    /// the blanks before it.
    bool short_integer(std::int64_t& out) noexcept {
        const bool is_negative = skip_blanks() == '-';
        const char* const first = at_ + is_negative;
        std::uint64_t value = 0;
        const char* const p = text_engine::scan_short_digits(first, end_, value);
        if (p == first || p == end_ || (*first == '0' && p - first > 1)) return false;
        if (is_digit(*p) || *p == '.' || *p == 'e' || *p == 'E') return false;
        at_ = p;
        out = static_cast<std::int64_t>(is_negative ? -value : value);
        return true;
    }

protected:
    char peek() const noexcept { return at_ == end_ ? '\0' : *at_; }

    char skip_blanks() noexcept {
        if (at_ != end_ && static_cast<unsigned char>(*at_) > ' ') return *at_;
        return skip_all_blanks();
    }

    [[gnu::noinline]] char skip_all_blanks() noexcept {
        while (at_ != end_ && is_blank(*at_)) ++at_;
        return peek();
    }

    // The closing quote of a short string at the very end of the text, where no engine has a whole block;
    // from behind its opening quote on. Null where it is not all ASCII, or not there.
    const char* end_of_short(const char* p) const noexcept {
        if (end_ - p > 16) return nullptr;
        while (p != end_ && static_cast<unsigned char>(*p - 0x20) < 0x60 && *p != '"' && *p != '\\') ++p;
        return p != end_ && *p == '"' ? p : nullptr;
    }

    static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
    static bool is_blank(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

    bool broken(const char* how = "syntax error") noexcept {
        if (!broken_) broken_ = at_ == end_ ? "incomplete JSON" : how;
        return false;
    }

    bool word(std::string_view expected) noexcept {
        for (const char c : expected) {
            if (peek() != c) return broken();
            ++at_;
        }
        return true;
    }

    bool colon() noexcept {
        if (skip_blanks() != ':') return broken();
        ++at_;
        return true;
    }

    const char* begin_;
    const char* at_;
    const char* end_;
    const char* broken_{};
};

}  // namespace detail

}  // namespace wxmp

#endif
