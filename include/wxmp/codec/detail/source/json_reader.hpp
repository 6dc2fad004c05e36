// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_JSON_READER_HPP
#define WXMP_CODEC_DETAIL_SOURCE_JSON_READER_HPP

#include <wxmp/codec/detail/source/repaired_json.hpp>
#include <wxmp/codec/detail/text/engine.hpp>
#include <wxmp/codec/json_reader.hpp>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

// The exponent of a number that was scanned, so that it is an int.
inline long long exponent_of(std::string_view number) noexcept {
    const auto e = number.find_first_of("eE");
    if (e == number.npos) return 0;
    auto digits = number.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    int exponent = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    return exponent;
}

// The digits of the integer that a number such as `1.50e2` is; empty if it is none that 64 bits hold.
[[gnu::cold]] inline std::string integer_digits(std::string_view number) {
    auto exponent = exponent_of(number);
    std::string digits(number.substr(0, number.find_first_of("eE")));
    const std::string sign(digits.starts_with('-') ? "-" : "");
    digits.erase(0, sign.size());
    if (const auto point = digits.find('.'); point != digits.npos) {
        exponent -= static_cast<long long>(digits.size() - point - 1);
        digits.erase(point, 1);
    }
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.empty()) return "0";
    for (; exponent < 0 && digits.ends_with('0'); ++exponent) digits.pop_back();
    if (exponent < 0 || exponent > static_cast<long long>(text_engine::most_digits)) return {};
    digits.append(static_cast<std::size_t>(exponent), '0');
    return digits.size() > text_engine::most_digits ? std::string() : sign + digits;
}

// What a json_reader seldom does, or does in loops of its own.
struct json_reading {
    static bool skip(json_reader& in) {
        std::string_view number_text;
        bool yes{};
        switch (in.next()) {
        case json_kind::none: break;
        case json_kind::null: return in.null();
        case json_kind::yes_no: return in.yes_no(yes);
        case json_kind::number: return in.number(number_text);
        case json_kind::text: return skip_string(in);
        case json_kind::array: return skip_array(in);
        case json_kind::object: return skip_object(in);
        }
        return false;
    }

    static bool exact_text(json_reader& in, std::string& out) {
        in.next();
        const char* const first = in.at_;
        const bool was_nonconforming = std::exchange(in.is_nonconforming_, false);
        if (!skip(in)) return false;
        const std::string_view raw(first, static_cast<std::size_t>(in.at_ - first));
        auto repaired = in.is_nonconforming_ ? repaired_json(raw) : std::nullopt;
        in.is_nonconforming_ |= was_nonconforming;
        if (repaired) out = *std::move(repaired);
        else out = raw;
        return true;
    }

    // Reads the rest of a string, after its plain front, into the reader's buffer; `out` is a view of that.
    static bool read_string(json_reader& in, const text_engine::plain_run& front, std::string_view& out) {
        auto s = front.rest(in.at_ + 1);
        auto& decoded = in.decoded_;
        s.to = decoded.append(decoded.begin(), s.raw());
        s.to_end = decoded.end();
        auto how = in.engine_.read_string(s, in.begin_, in.end_);
        for (; how == text_engine::read_end::no_room; how = in.engine_.read_string(s, in.begin_, in.end_))
            s.to = decoded.grow(s.to), s.to_end = decoded.end();
        if (!finish(in, s, how)) return false;
        if (s.needs_repair) return read_repaired(in, s, out);
        out = {decoded.begin(), static_cast<std::size_t>(s.to - decoded.begin())};
        return true;
    }

private:
    static bool skip_array(json_reader& in) {
        for (auto all = in.array(); all.more();)
            if (!skip(in)) return false;
        return !in.is_broken();
    }

    static bool skip_object(json_reader& in) {
        for (auto all = in.object(); all.more();)
            if (!skip_name(in) || !skip(in)) return in.broken();
        return !in.is_broken();
    }

    static bool skip_name(json_reader& in) noexcept {
        return in.skip_blanks() == '"' && skip_string(in) && in.colon();
    }

    static bool skip_string(json_reader& in) noexcept {
        const auto front = in.engine_.read_plain(in.at_ + 1, in.begin_, in.end_);
        if (front.is_all(in.end_)) return in.at_ = front.stop + 1, true;
        auto s = front.rest(in.at_ + 1);
        return finish(in, s, in.engine_.skip_string(s, in.begin_, in.end_));
    }

    static bool finish(json_reader& in, const text_engine::string_read& s,
                       text_engine::read_end how) noexcept {
        const bool is_nonconforming = s.has_control || s.needs_repair;
        in.is_nonconforming_ |= is_nonconforming;
        const bool good = how == text_engine::read_end::closed && !(in.is_strict_ && is_nonconforming);
        if (good) in.at_ = s.p + 1;
        if (how == text_engine::read_end::cut) in.at_ = in.end_;
        return good || in.broken();
    }

    [[gnu::cold]] static bool read_repaired(json_reader& in, const text_engine::string_read& s,
                                            std::string_view& out) {
        const auto repaired = *repaired_json('"' + std::string(s.raw()) + '"');
        json_reader again(repaired);
        std::string_view text;
        if (!again.text(text)) return in.broken();
        const char* const end = in.decoded_.append(in.decoded_.begin(), text);
        out = {in.decoded_.begin(), end};
        return true;
    }
};

}  // namespace wxmp::inline v0_1::detail::source

#endif
