// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_CONTENT_DISPOSITION_HPP
#define WXMP_CODEC_CONTENT_DISPOSITION_HPP

#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/data/percent_encoding.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

namespace detail {

constexpr bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

constexpr bool has_control(std::string_view text) noexcept {
    for (const char c : text)
        if (is_control(c)) return true;
    return false;
}

constexpr std::string_view trim(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

inline std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
    std::string out;
    for (std::size_t at{}; (at = text.find(from)) != text.npos; text.remove_prefix(at + from.size()))
        out.append(text.substr(0, at)).append(to);
    return out.append(text);
}

// A header value as `type; name=value; name="value"`, read from left to right.
class header_value {
public:
    explicit header_value(std::string_view text) noexcept : rest_(text), type_(trim(take(text.find(';')))) {}

    std::string_view type() const noexcept { return type_; }
    const std::string& value() const noexcept { return value_; }
    bool broken() const noexcept { return broken_; }

    bool is(std::string_view name) const noexcept { return http::detail::equal_ignoring_case(name_, name); }

    // Moves to the next parameter. False at the end, or if the text is malformed: see broken().
    bool next() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of("; \t"), rest_.size()));
        if (rest_.empty() || broken_) return false;
        name_ = trim(take(rest_.find_first_of("=;")));
        value_.clear();
        if (!rest_.starts_with('=')) return true;
        rest_ = trim(rest_.substr(1));
        if (!rest_.starts_with('"')) value_ = trim(take(rest_.find(';')));
        else broken_ = !take_quoted();
        return !broken_;
    }

private:
    std::string_view take(std::size_t size) noexcept {
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    // Only \" and \\ are escapes: some clients send C:\folder\file as is.
    bool take_quoted() {
        for (std::size_t i = 1; i != rest_.size(); ++i) {
            if (rest_[i] == '"') {
                rest_ = trim(rest_.substr(i + 1));
                return rest_.empty() || rest_.front() == ';';
            }
            const auto escaped = rest_.substr(i, 2);
            if (escaped == R"(\")" || escaped == R"(\\)") ++i;
            value_ += rest_[i];
        }
        return false;
    }

    std::string_view rest_;
    std::string_view type_;
    std::string_view name_;
    std::string value_;
    bool broken_{};
};

// Decodes utf-8'language'a%20b (RFC 8187); empty if it is malformed or in another charset.
[[gnu::cold]] inline std::optional<std::string> extended_value(std::string_view text) {
    const auto charset = text.substr(0, text.find('\''));
    const auto language_end = text.find('\'', charset.size() + 1);
    if (!http::detail::equal_ignoring_case(charset, "utf-8") || language_end == text.npos) return {};
    auto decoded = percent_decoded(text.substr(language_end + 1), '+');
    if (!decoded || has_control(*decoded) || !is_utf8(*decoded)) return {};
    return decoded;
}

}  // namespace detail

/** A parsed Content-Disposition header, of a download or of one part of a form.

    Names are as sent: not safe as a path before @ref without_folders, and possibly not UTF-8.
*/
struct content_disposition {
    std::string type;                     ///< in lower case, such as `attachment` or `form-data`
    std::string name;                     ///< of a form part; empty if absent
    std::optional<std::string> filename;  ///< the sender's name of the file, if any; may be empty

    /** Parses the value of a header.

        Supports quoted and bare values, raw UTF-8, `\"`, `\\` and `%22` for a quote, and
        `filename*=utf-8''…`, which takes precedence over `filename`. Ignores other parameters, and a
        `filename*` in another charset, or with ill-formed or control characters.

        @return Empty if there is no type, a quote is not closed, text follows it, or a name is repeated.
    */
    static std::optional<content_disposition> parse(std::string_view header) {
        detail::header_value value(header);
        if (value.type().empty()) return {};
        content_disposition parsed;
        for (const char c : value.type()) parsed.type += http::detail::lower(c);

        std::optional<std::string> name, plain, extended;
        while (value.next()) {
            auto* const known = value.is("name")        ? &name
                                : value.is("filename")  ? &plain
                                : value.is("filename*") ? &extended
                                                        : nullptr;
            if (!known) continue;
            if (*known) return {};
            *known = value.value();
        }
        if (value.broken()) return {};
        if (extended) parsed.filename = detail::extended_value(*extended);
        if (plain && !parsed.filename) parsed.filename = detail::replace_all(*plain, "%22", "\"");
        if (name) parsed.name = detail::replace_all(*name, "%22", "\"");
        return parsed;
    }

    friend bool operator==(const content_disposition&, const content_disposition&) = default;
};

}  // namespace wxmp::inline v0_1

#endif
