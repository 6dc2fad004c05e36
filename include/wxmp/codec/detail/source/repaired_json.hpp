// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_REPAIRED_JSON_HPP
#define WXMP_CODEC_DETAIL_SOURCE_REPAIRED_JSON_HPP

#include <wxmp/codec/detail/engines/escapes.hpp>
#include <wxmp/codec/detail/text/engine.hpp>
#include <wxmp/codec/utf8.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

class json_repair {
public:
    explicit json_repair(std::string_view text) noexcept : in_(text) {}

    [[gnu::cold]] std::optional<std::string> run() {
        bool in_string = false;
        while (at_ != in_.size()) {
            const char c = in_[at_];
            if (c == '"') in_string = !in_string;
            if (!in_string || c == '"') ++at_;
            else if (c == '\\') escape();
            else if (static_cast<unsigned char>(c) < 0x20) replace(1, text_engine::escape_of(c));
            else text();
        }
        if (!changed_) return std::nullopt;
        out_.append(in_.substr(copied_));
        return std::move(out_);
    }

private:
    void replace(std::size_t size, std::string_view by) {
        changed_ = true;
        out_.append(in_.substr(copied_, at_ - copied_)).append(by);
        at_ += size;
        copied_ = at_;
    }

    void text() {
        const auto step = utf8_at(in_, at_);
        if (step.valid) at_ += step.size;
        else replace(step.size, replacement_character);
    }

    void escape() {
        const int code = unit_at(at_);
        const bool is_high = text_engine::is_high_surrogate(code);
        if (!is_high && !text_engine::is_low_surrogate(code)) at_ += at_ + 1 < in_.size() ? 2U : 1U;
        else if (is_high && text_engine::is_low_surrogate(unit_at(at_ + 6))) at_ += 12;
        else replace(6, replacement_character);
    }

    int unit_at(std::size_t at) const noexcept {
        return text_engine::code_unit(in_.data() + at, in_.data() + in_.size());
    }

    std::string_view in_;
    std::string out_;
    std::size_t at_{};
    std::size_t copied_{};
    bool changed_{};
};

// The service sends raw control characters, invalid UTF-8 and lone surrogates inside strings, which JSON does
// not allow: the text with these escaped or replaced by U+FFFD. Empty if it needs no repair.
inline std::optional<std::string> repaired_json(std::string_view text) { return json_repair(text).run(); }

}  // namespace wxmp::inline v0_1::detail::source

#endif
