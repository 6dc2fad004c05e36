// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_DETAIL_SOURCE_PAGE_TITLE_HPP
#define WXMP_OPERATION_DETAIL_SOURCE_PAGE_TITLE_HPP

#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/http.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

inline constexpr std::size_t longest_title = 100;       // bytes that are quoted
inline constexpr std::size_t title_is_within = 16'384;  // bytes of the page that are searched

[[gnu::cold]] inline std::size_t find_tag(std::string_view page, std::string_view tag) {
    for (std::size_t at = 0; at + tag.size() <= page.size(); ++at)
        if (http::detail::equal_ignoring_case(page.substr(at, tag.size()), tag)) return at;
    return page.npos;
}

// What is between the tags, as written.
[[gnu::cold]] inline std::string_view title_element(std::string_view page) {
    page = page.substr(0, title_is_within);
    const auto first = page.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (first == page.npos || page[first] != '<') return {};
    const auto begin = find_tag(page, "<title");
    if (begin == page.npos) return {};
    const auto end = page.find('>', begin);
    if (end == page.npos) return {};
    page.remove_prefix(end + 1);
    return page.substr(0, page.find('<'));
}

// Those of ASCII, and of C1, of which a terminal may take one as the beginning of a command.
constexpr bool is_space_or_control(std::string_view character) noexcept {
    const auto first = byte_at(character, 0);
    if (first == 0xc2) return character.size() == 2 && byte_at(character, 1) < 0xa0;
    return first <= ' ' || first == 0x7f;
}

// The title of an HTML page in one line of UTF-8, cut where it is too long; empty if the text is no page or
// has no title. It tells whose answer has come in place of the service's: a proxy's, or a network's login.
[[gnu::cold]] inline std::string page_title(std::string_view page) {
    std::string line;
    bool is_gap = false;
    for (auto rest = title_element(page); !rest.empty();) {
        const auto step = utf8_at(rest, 0);
        const auto character = rest.substr(0, step.size);
        rest.remove_prefix(step.size);
        if (is_space_or_control(character)) {
            is_gap = !line.empty();
            continue;
        }
        const auto shown = step.valid ? character : replacement_character;
        if (line.size() + is_gap + shown.size() > longest_title) return line += "...";
        if (is_gap) line += ' ';
        line += shown;
        is_gap = false;
    }
    return line;
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
