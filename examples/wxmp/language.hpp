// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The tool's texts in the language of its user: English, or Chinese.
#ifndef WXMP_EXAMPLES_WXMP_LANGUAGE_HPP
#define WXMP_EXAMPLES_WXMP_LANGUAGE_HPP

#include <concepts>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace tool {

enum class language {
    english,
    chinese,  ///< simplified
};

/// What the environment asks for, unless a @ref language_scope says something else.
language language_in_use();

/// While it lives, this language is in use: what is for programs is the same in every language.
class language_scope {
public:
    explicit language_scope(language l);
    language_scope(const language_scope&) = delete;
    language_scope& operator=(const language_scope&) = delete;
    ~language_scope();

private:
    language before_;
};

/// A text of the tool, and what it is in Chinese.
struct translation {
    std::string_view english;
    std::string_view chinese;
};

/// All of them: in texts_zh.cpp.
std::span<const translation> translations();

/// Sentences that libraries make. Their places match any text, and the first one that fits counts.
std::span<const translation> translations_of_libraries();

namespace detail {

std::string fill(std::string_view english, std::initializer_list<std::string> values);

inline std::string text_of(std::string_view text) { return std::string(text); }
inline std::string text_of(std::integral auto number) { return std::to_string(number); }

}  // namespace detail

/** A text in the language in use, with values in its places: `tr("{} has {} bytes", file, size)`.

    A place is `{}`, the next value, or `{0}`, the first one. tests/system/translations looks after the table.
*/
template <class... Values> std::string tr(std::string_view english, const Values&... values) {
    return detail::fill(english, {detail::text_of(values)...});
}

/// Marks a text that `tr` is given later.
constexpr std::string_view tr_noop(std::string_view english) noexcept { return english; }

/// What a library said, as far as its sentences are known: as a whole, or what a `: ` parts.
std::string translated(std::string_view text);

}  // namespace tool

#endif
