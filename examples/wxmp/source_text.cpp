// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "source_text.hpp"

#include <algorithm>
#include <optional>

namespace tool {

namespace {

constexpr int lines_to_search = 100;

// The column of the `wanted` that is nearest to a column. Looks no further than it has to: lines may be long.
std::optional<int> nearest_in_line(std::string_view line, std::string_view wanted, int column) {
    const auto here = static_cast<std::size_t>(std::max(column - 1, 0));
    const auto after = line.find(wanted, here);
    const auto before = here == 0 ? line.npos : line.rfind(wanted, here - 1);
    if (after == line.npos && before == line.npos) return std::nullopt;
    const bool is_after = before == line.npos || (after != line.npos && after - here <= here - before);
    return static_cast<int>(is_after ? after : before) + 1;
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }

}  // namespace

byte_position place_in(std::string_view text, std::size_t at) {
    const auto before = text.substr(0, at);
    const auto last_break = before.rfind('\n');
    const auto column = last_break == before.npos ? before.size() + 1 : before.size() - last_break;
    return {1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')), static_cast<int>(column)};
}

source_text::source_text(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        lines_.push_back(text.substr(0, end));
        text.remove_prefix(end);
        text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
    }
}

std::string_view source_text::line(int number) const {
    return number < 1 || number > lines() ? std::string_view() : lines_[static_cast<std::size_t>(number - 1)];
}

byte_position source_text::find(byte_position near, std::string_view wanted) const {
    if (const auto column = nearest_in_line(line(near.line), wanted, near.column))
        return {near.line, *column};
    for (int next = near.line + 1; next <= lines() && next < near.line + lines_to_search; ++next)
        if (const auto column = nearest_in_line(line(next), wanted, 1)) return {next, *column};
    return near;
}

source_position source_text::position(byte_position at) const {
    const auto before = line(at.line).substr(0, static_cast<std::size_t>(std::max(at.column - 1, 0)));
    return {at.line, 1 + static_cast<int>(std::count_if(before.begin(), before.end(), begins_character))};
}

}  // namespace tool
