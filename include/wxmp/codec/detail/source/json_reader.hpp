// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_SOURCE_JSON_READER_HPP
#define WXMP_CODEC_DETAIL_SOURCE_JSON_READER_HPP

#include <wxmp/codec/detail/text/engine.hpp>
#include <wxmp/codec/json_reader.hpp>
#include <wxmp/codec/json_text.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp {

bool json_reader::skip() {
    std::string_view number_text;
    bool yes{};
    switch (next()) {
    case json_kind::none: return false;
    case json_kind::null: return null();
    case json_kind::yes_no: return yes_no(yes);
    case json_kind::number: return number(number_text);
    case json_kind::text: return skip_string();
    case json_kind::array: return skip_array();
    case json_kind::object: return skip_object();
    }
    return false;
}

bool json_reader::exact_text(std::string& out) {
    next();
    const char* const first = at_;
    const bool was_odd = std::exchange(is_odd_, false);
    if (!skip()) return false;
    const std::string_view raw(first, static_cast<std::size_t>(at_ - first));
    auto repaired = is_odd_ ? detail::repaired_json(raw) : std::nullopt;
    is_odd_ |= was_odd;
    if (repaired) out = *std::move(repaired);
    else out = raw;
    return true;
}

bool json_reader::skip_array() {
    for (auto all = array(); all.more();)
        if (!skip()) return false;
    return !is_broken();
}

bool json_reader::skip_object() {
    for (auto all = object(); all.more();)
        if (!skip_name() || !skip()) return broken();
    return !is_broken();
}

bool json_reader::skip_name() noexcept { return skip_blanks() == '"' && skip_string() && colon(); }

bool json_reader::read_string(const detail::text_engine::plain_run& front, std::string_view& out) {
    detail::text_engine::string_read s{at_ + 1, front.stop};
    s.is_suspect = front.suspect != 0;
    s.to = decoded_.append(decoded_.begin(), s.raw());
    s.to_end = decoded_.end();
    auto how = engine_.read_string(s, begin_, end_);
    for (; how == detail::text_engine::read_end::no_room; how = engine_.read_string(s, begin_, end_))
        s.to = decoded_.grow(s.to), s.to_end = decoded_.end();
    if (!finish(s, how)) return false;
    if (s.needs_repair) return read_repaired(s, out);
    out = {decoded_.begin(), static_cast<std::size_t>(s.to - decoded_.begin())};
    return true;
}

bool json_reader::finish(const detail::text_engine::string_read& s,
                         detail::text_engine::read_end how) noexcept {
    const bool is_odd = s.has_control || s.needs_repair;
    is_odd_ |= is_odd;
    const bool good = how == detail::text_engine::read_end::closed && !(is_strict_ && is_odd);
    if (good) at_ = s.p + 1;
    if (how == detail::text_engine::read_end::cut) at_ = end_;
    return good || broken();
}

bool json_reader::read_repaired(const detail::text_engine::string_read& s, std::string_view& out) {
    const auto repaired = *detail::repaired_json('"' + std::string(s.raw()) + '"');
    json_reader in(repaired);
    std::string_view text;
    if (!in.text(text)) return broken();
    const char* const end = decoded_.append(decoded_.begin(), text);
    out = {decoded_.begin(), end};
    return true;
}

}  // namespace wxmp

#endif
