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

/** Writes JSON text in two passes: the first finds the size and what cannot be encoded, the second writes
    into memory of exactly that size.

    @see encode
*/
class json_writer {
public:
    /// First pass: writes nothing, finds the size.
    json_writer() = default;

    /// Second pass: writes the `size` bytes found by the first.
    json_writer(char* to, std::size_t size) noexcept : to_(to), to_end_(to + size) {}

    /// Bytes written so far.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Writes text that already is JSON: a bracket, a comma, a number.
    void raw(std::string_view json) noexcept {
        if (to_) to_ += json.copy(to_, json.size());
        size_ += json.size();
    }

    /// Writes a number.
    template <std::integral T> void number(T v) noexcept {
        char digits[24];
        const auto* const end = std::to_chars(digits, digits + sizeof digits, v).ptr;
        raw({digits, static_cast<std::size_t>(end - digits)});
    }

    /// Writes a string. `errc::invalid_utf8` if it is not UTF-8.
    bool text(std::string_view v, const json_path& at) {
        const auto& engine = detail::text_engine::now();
        raw("\"");
        if (!to_) {
            const auto size = engine.escaped_size(v);
            if (size == detail::text_engine::not_utf8) return at.fail(errc::invalid_utf8);
            size_ += size;
        } else {
            char* const stop = engine.escape(to_, to_end_, v);
            size_ += static_cast<std::size_t>(stop - to_);
            to_ = stop;
        }
        raw("\"");
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
    char* to_{};
    char* to_end_{};
    std::size_t size_{};
};

}  // namespace wxmp::inline v0_1

#endif
