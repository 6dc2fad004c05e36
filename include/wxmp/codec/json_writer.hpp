// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_JSON_WRITER_HPP
#define WXMP_CODEC_JSON_WRITER_HPP

#include <wxmp/codec/detail/text/engine.hpp>
#include <wxmp/codec/json_path.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

/** Writes JSON text into memory that it is given. What does not fit is only counted, so that all can be
    written again into more.

    @see encode
*/
class json_writer {
public:
    /// Writes into the `room` bytes at `to`.
    json_writer(char* to, std::size_t room) noexcept : begin_(to), to_(to), to_end_(to + room) {}

    /// The size of the text so far; of strings that are only counted, before they are escaped.
    [[nodiscard]] std::size_t size() const noexcept {
        return counted_ + static_cast<std::size_t>(to_ - begin_);
    }

    /// Whether all of it was written. Strings that are only counted are not checked either.
    [[nodiscard]] bool is_complete() const noexcept { return counted_ == 0; }

    /// Writes text that already is JSON: a bracket, a comma, a number.
    void raw(std::string_view json) noexcept {
        if (has_room(json.size())) to_ += json.copy(to_, json.size());
        else count(json.size());
    }

    /// Writes a number.
    template <std::integral T> void number(T v) noexcept {
        char digits[24];
        const auto* const end = std::to_chars(digits, digits + sizeof digits, v).ptr;
        raw({digits, static_cast<std::size_t>(end - digits)});
    }

    /// Writes a string. `errc::invalid_utf8` if it is not UTF-8.
    bool text(std::string_view v, const json_path& at) {
        using namespace detail::text_engine;
        const auto size = has_room(v.size() + 2) ? now().escape(to_ + 1, to_end_ - 1, v) : no_room;
        if (size == no_room) return count(v.size() + 2), true;
        if (size == not_utf8) return at.fail(errc::invalid_utf8);
        to_[0] = to_[size + 1] = '"';
        to_ += size + 2;
        return true;
    }

    /// Writes a member's name and colon, after a comma or, for the first, an opening brace.
    bool name(std::string_view v, bool& is_first, const json_path& at) {
        raw(is_first ? "{" : ",");
        is_first = false;
        if (!text(v, at)) return false;
        raw(":");
        return true;
    }

private:
    bool has_room(std::size_t size) const noexcept { return static_cast<std::size_t>(to_end_ - to_) >= size; }

    // From now on there is no room, so that no smaller piece is written behind a gap.
    void count(std::size_t size) noexcept {
        counted_ = this->size() + size;
        begin_ = to_ = to_end_;
    }

    char* begin_;
    char* to_;
    char* to_end_;
    std::size_t counted_{};
};

}  // namespace wxmp::inline v0_1

#endif
