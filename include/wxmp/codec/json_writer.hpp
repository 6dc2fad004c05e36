// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_JSON_WRITER_HPP
#define WXMP_CODEC_JSON_WRITER_HPP

#include <wxmp/codec/detail/text/engine.hpp>
#include <wxmp/codec/detail/text/number.hpp>
#include <wxmp/codec/json_path.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

namespace detail::source {
class object_writer;
}

/** Writes JSON text into memory that it is given, or to the end of a string.

    @see encode
*/
class json_writer {
public:
    /// Writes into the `room` bytes at `to`. From the first piece that may not fit, all is only counted.
    json_writer(char* to, std::size_t room) noexcept : begin_(to), to_(to), to_end_(to + room) {}

    /// Appends to `out`, whose size is to be set in the end: to what it was, and @ref size.
    explicit json_writer(std::string& out) noexcept
        : out_(&out), begin_(out.data() + out.size()), to_(begin_), to_end_(begin_) {}

    /// The size of the text so far; of strings that are only counted, before they are escaped.
    [[nodiscard]] std::size_t size() const noexcept {
        return counted_ + static_cast<std::size_t>(to_ - begin_);
    }

    /// Whether all of it was written. Strings that are only counted are not checked either.
    [[nodiscard]] bool is_complete() const noexcept { return counted_ == 0; }

    /// Writes text that already is JSON: a bracket, a comma, a number.
    void raw(std::string_view json) {
        if (make_room(json.size())) to_ += json.copy(to_, json.size());
        else count(json.size());
    }

    /// Writes a number.
    template <std::integral T> void number(T v) {
        using namespace detail::text_engine;
        if (make_room(room_for_integer)) to_ = write_integer(to_, v);
        else count(std::to_string(v).size());
    }

    /// Writes a string. `errc::invalid_utf8` if it is not UTF-8.
    bool text(std::string_view v, const json_path& at) { return text(v) || at.fail(errc::invalid_utf8); }

    /// Writes a member's name and colon, after a comma or, for the first, an opening brace.
    bool name(std::string_view v, bool is_first, const json_path& at) {
        raw(is_first ? "{" : ",");
        return text(v, at) && (raw(":"), true);
    }

private:
    friend class detail::source::object_writer;

    // False, and nothing is written, if it is not UTF-8.
    bool text(std::string_view v) {
        using namespace detail::text_engine;
        if (!make_room(v.size() + 2)) return count(v.size() + 2), true;
        string_write s{v, to_ + 1, to_end_ - 1};
        auto how = now().write_string(s);
        if (how == write_end::no_room) how = write_rest(s);
        if (how != write_end::done) return how == write_end::no_room;
        *to_ = *s.to = '"';
        to_ = s.to + 1;
        return true;
    }

    // Goes on with more room. If there is none, the whole string is only counted.
    [[gnu::noinline]] detail::text_engine::write_end write_rest(detail::text_engine::string_write& s) {
        using namespace detail::text_engine;
        constexpr std::ptrdiff_t escape_and_quote = 7;
        auto how = write_end::no_room;
        while (how == write_end::no_room) {
            const auto written = s.to - to_;
            if (!grow(static_cast<std::size_t>(written + (s.end() - s.p) + escape_and_quote)))
                return count(s.text.size() + 2), how;
            s.to = to_ + written;
            s.to_end = to_end_ - 1;
            how = now().write_string(s);
        }
        return how;
    }

    bool make_room(std::size_t size) { return static_cast<std::size_t>(to_end_ - to_) >= size || grow(size); }

    // Makes room for that much, at least, if it writes to a string.
    [[gnu::noinline]] bool grow(std::size_t size) {
        if (!out_) return false;
        const auto before = static_cast<std::size_t>(begin_ - out_->data());
        const auto used = static_cast<std::size_t>(to_ - out_->data());
        // A string fills its new bytes with zeros: at little cost if they are in the cache when used.
        constexpr std::size_t step = 16384;
        const auto left = out_->capacity() - used;
        const auto usual = left < step ? left : step;
        const auto room = size < usual ? usual : size;
        out_->resize(used + room);
        begin_ = out_->data() + before;
        to_ = out_->data() + used;
        to_end_ = to_ + room;
        return true;
    }

    // From now on there is no room, so that no smaller piece is written behind a gap.
    void count(std::size_t size) noexcept {
        counted_ = this->size() + size;
        begin_ = to_ = to_end_;
    }

    std::string* out_{};
    char* begin_;
    char* to_;
    char* to_end_;
    std::size_t counted_{};
};

}  // namespace wxmp::inline v0_1

#endif
