// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_CURSOR_HPP
#define WXMP_CODEC_DETAIL_TEXT_CURSOR_HPP

#include <wxmp/codec/detail/text/number.hpp>
#include <wxmp/codec/detail/text/word.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace wxmp::inline v0_1 {

/// The kind of a JSON value; `none` if there is no value.
enum class json_kind : std::uint8_t { none, null, yes_no, number, text, array, object };

namespace detail {

// Indexed by the first byte of a value.
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

// A position in JSON text, and whether the text is broken there.
class json_cursor {
public:
    explicit json_cursor(std::string_view text) noexcept
        : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()) {}

    /// Whether the text was found to be malformed, or nested too deeply.
    [[nodiscard]] bool is_broken() const noexcept { return broken_ != nullptr; }

    /// Reads a number if it consists of at most 18 digits, as most do, and is at most `most`. Otherwise
    /// skips only the blanks before it.
    bool short_integer(std::int64_t& out, std::int64_t most = max_integer) noexcept {
        const char* p = at_;
        std::int64_t number{};
        if (!scan_one_digit(p, number) && !scan_short_integer(p, number))
            return is_blank(peek()) && short_integer_behind_blanks(out, most);
        if (number > most) return false;
        at_ = p;
        out = number;
        return true;
    }

protected:
    static constexpr auto max_integer = std::numeric_limits<std::int64_t>::max();

    char peek() const noexcept { return at_ == end_ ? '\0' : *at_; }

    char skip_blanks() noexcept {
        if (at_ != end_ && static_cast<unsigned char>(*at_) > ' ') return *at_;
        return skip_all_blanks();
    }

    [[gnu::noinline]] char skip_all_blanks() noexcept {
        while (at_ != end_ && is_blank(*at_)) ++at_;
        return peek();
    }

    // Most numbers of this service have one digit: a flag, or an error code.
    bool scan_one_digit(const char*& p, std::int64_t& number) const noexcept {
        if (end_ - p < 2 || !is_digit(*p) || (p[1] != ',' && p[1] != '}')) return false;
        number = *p++ - '0';
        return true;
    }

    bool scan_short_integer(const char*& p, std::int64_t& number) const noexcept {
        const char* const first = p;
        std::uint64_t value = 0;
        p = text_engine::scan_short_digits(first, end_, value);
        if (p == first || p == end_ || (*first == '0' && p - first > 1)) return false;
        number = static_cast<std::int64_t>(value);
        return *p == ',' || *p == '}' || (!is_digit(*p) && *p != '.' && *p != 'e' && *p != 'E');
    }

    // A separate function, so that the common path, without blanks, makes no call.
    [[gnu::noinline]] bool short_integer_behind_blanks(std::int64_t& out, std::int64_t most) noexcept {
        return skip_all_blanks() != '\0' && short_integer(out, most);
    }

    // The closing quote of a string near the end of the text, where no engine has a whole block. `p` is after
    // the opening quote. Null if the string is not all ASCII, has an escape, or is not closed.
    [[gnu::noinline]] const char* end_of_last(const char* p) const noexcept {
        using namespace text_engine;
        if (end_ - begin_ < 8) return nullptr;
        for (; end_ - p >= 8; p += 8)
            if (const auto plain = count_of_plain(little_word_at(p)); plain != 8) return quote_at(p + plain);
        if (p == end_) return nullptr;
        return quote_at(p + count_of_plain(little_word_at(end_ - 8) >> (64 - 8 * (end_ - p))));
    }
    const char* quote_at(const char* p) const noexcept { return p != end_ && *p == '"' ? p : nullptr; }

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

}  // namespace wxmp::inline v0_1

#endif
