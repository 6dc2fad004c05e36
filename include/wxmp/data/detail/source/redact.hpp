// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DETAIL_SOURCE_REDACT_HPP
#define WXMP_DATA_DETAIL_SOURCE_REDACT_HPP

#include <wxmp/data/http.hpp>
#include <wxmp/data/percent_encoding.hpp>
#include <wxmp/data/secret.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

inline constexpr std::string_view stars = "***";

// A text in lower case, perhaps percent-decoded, and where in the text each character begins.
struct normalized {
    std::string text;
    std::vector<std::size_t> begins;  // one more than characters: the end
};

// The character that begins at `at`, which moves past it. A decoded `%` begins another: `%2541` is `A`.
[[gnu::cold]] inline char decode_next(std::string_view text, std::size_t& at) noexcept {
    char c = text[at++];
    while (c == '%') {
        const int byte = byte_of_digits(text.substr(at));
        if (byte < 0) break;
        c = static_cast<char>(byte);
        at += 2;
    }
    return c;
}

[[gnu::cold]] inline normalized normalize(std::string_view text, bool decodes) {
    normalized out;
    for (std::size_t at = 0; at != text.size();) {
        out.begins.push_back(at);
        out.text += http::detail::lower(decodes ? decode_next(text, at) : text[at++]);
    }
    out.begins.push_back(text.size());
    return out;
}

// Finds parts of secrets in texts.
class secret_finder {
public:
    static constexpr char is_hidden = 1;
    static constexpr std::size_t part_size = 8;  // fewer in a row may be there by chance, and tell little

    [[gnu::cold]] explicit secret_finder(std::span<const secret> secrets) {
        for (const auto& s : secrets) add(normalize(s.reveal(), false).text);
    }

    // Marks the bytes of a text that show a secret.
    [[gnu::cold]] void mark(const normalized& in, std::string& marks) const {
        for (std::size_t i = 0; i + part_size <= in.text.size(); ++i)
            if (std::binary_search(parts_.begin(), parts_.end(), part_at(in.text, i)))
                hide(in, i, part_size, marks);
        for (const auto& s : short_)
            for (auto i = in.text.find(s); i != in.text.npos; i = in.text.find(s, i + 1))
                if (stands_alone(in.text, i, s.size())) hide(in, i, s.size(), marks);
    }

private:
    [[gnu::cold]] void add(const std::string& s) {
        if (!s.empty() && s.size() < part_size) short_.push_back(s);
        for (std::size_t i = 0; i + part_size <= s.size(); ++i) {
            const auto part = part_at(s, i);
            parts_.insert(std::lower_bound(parts_.begin(), parts_.end(), part), part);
        }
    }

    // A short one, as tests have them, is part of many words.
    static bool stands_alone(std::string_view text, std::size_t at, std::size_t size) noexcept {
        const auto is_word = [&](std::size_t i) {
            return i < text.size() &&
                   ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9'));
        };
        return !is_word(at - 1) && !is_word(at + size);
    }

    static std::uint64_t part_at(std::string_view text, std::size_t at) {
        std::uint64_t part{};
        std::memcpy(&part, text.data() + at, part_size);
        return part;
    }

    static void hide(const normalized& in, std::size_t at, std::size_t size, std::string& marks) {
        for (auto i = in.begins[at]; i != in.begins[at + size]; ++i) marks[i] = is_hidden;
    }

    std::vector<std::uint64_t> parts_;  // in order
    std::vector<std::string> short_;
};

[[gnu::cold]] inline std::string redact(std::string_view text, std::span<const secret> secrets) {
    std::string marks(text.size(), 0);
    const secret_finder find(secrets);
    for (const bool decodes : {false, true}) find.mark(normalize(text, decodes), marks);
    std::string out;
    char before = 0;
    for (std::size_t i = 0; i != text.size(); before = marks[i++]) {
        if (marks[i] != secret_finder::is_hidden) out += text[i];
        else if (before != secret_finder::is_hidden) out += stars;
    }
    return out;
}

// ---- URLs

// Where the first user and password before a host begin and end, from `from` on; npos if there are none.
struct user_range {
    std::size_t begin, end;
};
[[gnu::cold]] inline user_range find_user(std::string_view url, std::size_t from) noexcept {
    for (auto mark = url.find("//", from); mark != url.npos; mark = url.find("//", mark + 1)) {
        const auto begin = mark + 2;
        const auto host_end = std::min(url.find_first_of("/?#", begin), url.size());
        const auto at = url.substr(begin, host_end - begin).rfind('@');
        if (at != url.npos) return {begin, begin + at};
    }
    return {url.npos, url.npos};
}

[[gnu::cold]] inline std::string without_users(std::string_view url) {
    std::string out;
    std::size_t from = 0;
    for (auto user = find_user(url, 0); user.end != url.npos; user = find_user(url, from)) {
        out.append(url.substr(from, user.begin - from)).append(stars);
        from = user.end;
    }
    return out.append(url.substr(from));
}

// Whether this part of a URL, percent-decoded and in lower case, has a value that must not be shown.
[[gnu::cold]] inline bool shows_a_secret(std::string_view part) noexcept {
    const auto names = part.substr(0, part.rfind('=') + 1);  // and values before the last one
    for (const std::string_view mark : {"token", "secret", "ticket", "code", "password"})
        if (names.find(mark) != names.npos) return true;
    return find_user(part, 0).end != part.npos;
}

[[gnu::cold]] inline void append_redacted(std::string& out, std::string_view part) {
    const auto equals = part.find('=');
    out.append(part.substr(0, equals == part.npos ? 1 : equals + 1)).append(stars);
}

// Whether this part of a URL cannot belong to the value before it.
[[gnu::cold]] inline bool begins_a_parameter(std::string_view part) noexcept {
    return part.front() == '&' || part.front() == '#' || (part.front() == ';' && part.find('=') != part.npos);
}

// A part ends at any character that may separate parameters.
[[gnu::cold]] inline std::string redact_url(std::string_view url) {
    const auto plain_url = without_users(url);
    std::string out;
    bool was_hidden = false;
    for (std::string_view rest = plain_url; !rest.empty();) {
        const auto part = rest.substr(0, rest.find_first_of("?&;#/", 1));
        rest.remove_prefix(part.size());
        if (was_hidden && !begins_a_parameter(part)) continue;
        was_hidden = shows_a_secret(normalize(part, true).text);
        if (was_hidden) append_redacted(out, part);
        else out += part;
    }
    return out;
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
