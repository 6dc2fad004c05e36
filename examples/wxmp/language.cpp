// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "language.hpp"

#include <wxmp/error/error.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tool {

namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::optional<language> language_of(std::string_view locale) {
    if (locale.starts_with("zh")) return language::chinese;
    if (locale.starts_with("en") || locale.starts_with("C") || locale == "POSIX") return language::english;
    return std::nullopt;
}

// As gettext does, but no locale has to be installed.
language language_of_environment() {
    std::string_view locale;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (locale.empty()) locale = variable(name);
    if (locale.empty() || locale.starts_with("C") || locale == "POSIX") return language::english;
    const auto list = variable("LANGUAGE");
    for (auto rest = list; !rest.empty();) {
        const auto end = std::min(rest.find(':'), rest.size());
        if (const auto known = language_of(rest.substr(0, end))) return *known;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return list.empty() ? language_of(locale).value_or(language::english) : language::english;
}

language& chosen() {
    static language l = language_of_environment();
    return l;
}

std::string_view in_chinese(std::string_view english) {
    static const auto table = [] {
        std::unordered_map<std::string_view, std::string_view> all;
        for (const auto& t : translations()) all.emplace(t.english, t.chinese);
        return all;
    }();
    const auto found = table.find(english);
    return found == table.end() ? english : found->second;
}

// ---- Places

struct place {
    std::size_t begin;
    std::size_t end;
    int number;  // -1: the next one
};

std::optional<place> find_place(std::string_view text, std::size_t from = 0) {
    for (auto at = text.find('{', from); at != text.npos; at = text.find('{', at + 1)) {
        const auto rest = text.substr(at);
        if (rest.starts_with("{}")) return place{at, at + 2, -1};
        if (rest.size() > 2 && rest[1] >= '0' && rest[1] <= '9' && rest[2] == '}')
            return place{at, at + 3, rest[1] - '0'};
    }
    return std::nullopt;
}

template <class Values> std::string filled(std::string_view text, const Values& values) {
    std::string out;
    for (std::size_t next = 0;;) {
        const auto found = find_place(text);
        out += text.substr(0, found ? found->begin : text.size());
        if (!found) return out;
        const auto number = found->number < 0 ? next++ : static_cast<std::size_t>(found->number);
        if (number < values.size()) out += *(values.begin() + static_cast<std::ptrdiff_t>(number));
        text.remove_prefix(found->end);
    }
}

// What is in the places of a pattern; nothing if it is another text. A reason, behind `: `, is translated.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view text) {
    std::vector<std::string> values;
    auto found = find_place(pattern);
    const auto first = pattern.substr(0, found ? found->begin : pattern.size());
    if (!text.starts_with(first)) return std::nullopt;
    text.remove_prefix(first.size());
    while (found) {
        const bool is_reason = pattern.substr(0, found->begin).ends_with(": ");
        pattern.remove_prefix(found->end);
        found = find_place(pattern);
        const auto next = pattern.substr(0, found ? found->begin : pattern.size());
        const bool is_last = !found;
        if (is_last && !text.ends_with(next)) return std::nullopt;
        const auto end = is_last ? text.size() - next.size() : text.find(next);
        if (end == text.npos) return std::nullopt;
        const auto value = text.substr(0, end);
        values.push_back(is_reason ? translated(value) : std::string(value));
        text.remove_prefix(end + next.size());
    }
    return text.empty() ? std::optional(std::move(values)) : std::nullopt;
}

// Those of the library's own errors it has in Chinese itself.
std::optional<std::string> known_error_text(std::string_view text) {
    for (int v = 1; v <= static_cast<int>(wxmp::errc::no_progress); ++v)
        if (const auto e = static_cast<wxmp::errc>(v); make_error_code(e).message() == text)
            return wxmp::error(e).message_zh();
    return std::nullopt;
}

std::optional<std::string> known_sentence(std::string_view text) {
    for (const auto& t : translations_of_libraries())
        if (const auto values = match(t.english, text)) return filled(t.chinese, *values);
    return known_error_text(text);
}

}  // namespace

language language_in_use() { return chosen(); }

language_scope::language_scope(language l) : before_(std::exchange(chosen(), l)) {}
language_scope::~language_scope() { chosen() = before_; }

std::string detail::fill(std::string_view english, std::initializer_list<std::string> values) {
    return filled(chosen() == language::chinese ? in_chinese(english) : english, values);
}

std::string translated(std::string_view text) {
    if (chosen() == language::english || text.empty()) return std::string(text);
    if (auto known = known_sentence(text)) return *std::move(known);
    const auto colon = text.find(": ");
    if (colon == text.npos) return std::string(text);
    const auto before = text.substr(0, colon);
    return known_sentence(before).value_or(std::string(before)) + ": " + translated(text.substr(colon + 2));
}

}  // namespace tool
