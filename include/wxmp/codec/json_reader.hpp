// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_JSON_READER_HPP
#define WXMP_CODEC_JSON_READER_HPP

#include <wxmp/codec/detail/text/buffer.hpp>
#include <wxmp/codec/detail/text/cursor.hpp>
#include <wxmp/codec/detail/text/engine.hpp>
#include <wxmp/codec/detail/text/number.hpp>
#include <wxmp/codec/detail/text/word.hpp>
#include <wxmp/detail/compiled.hpp>
#include <wxmp/error/error.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

/// The default maximum nesting depth of JSON.
inline constexpr std::size_t default_max_depth = 64;

namespace detail::source {
struct json_reading;
}

/** Reads JSON text from front to back, value by value, without a document in memory.

    Accepts what @ref decode accepts. Refers to the text, which must outlive it unchanged. A codec calls
    @ref next for the kind of the next value, then reads it or reports that it does not fit. Once the text is
    found malformed, all functions return false.
*/
class json_reader : detail::json_cursor {
public:
    /// @param is_strict refuses the errors inside strings that are otherwise accepted from the service
    explicit json_reader(std::string_view text, std::size_t max_depth = default_max_depth,
                         bool is_strict = false) noexcept
        : json_cursor(text), depth_left_(max_depth), is_strict_(is_strict) {}

    json_reader(const json_reader&) = delete;
    json_reader& operator=(const json_reader&) = delete;

    /// Whether the text was found to be malformed, or nested too deeply.
    using json_cursor::is_broken;

    /// Whether it is broken only by being nested too deeply.
    [[nodiscard]] bool is_too_deep() const noexcept { return is_too_deep_; }

    /// Whether a string had content that JSON does not allow, but the service sends: see @ref decode.
    [[nodiscard]] bool is_nonconforming() const noexcept { return is_nonconforming_; }

    /// What is wrong with the text. Only valid if it is broken.
    [[nodiscard]] error fault() const {
        return is_too_deep_ ? error(errc::too_deep) : error(errc::bad_json, broken_);
    }

    /// The kind of the next value. `none` means that the text is broken.
    json_kind next() {
        const auto kind = detail::kind_by_first[static_cast<unsigned char>(skip_blanks())];
        if (kind == json_kind::none) broken();
        return kind;
    }

    /// Whether the next value begins with this byte.
    bool begins_with(char first) noexcept { return skip_blanks() == first; }

    /// Reads a string.
    bool text(std::string& out) {
        std::string_view decoded;
        if (!text(decoded)) return false;
        set(out, decoded);
        return true;
    }

    /// Reads a string as a view, into the document or valid until the next string is read.
    [[gnu::always_inline]] bool text(std::string_view& out) {
        if (end_ - at_ <= static_cast<std::ptrdiff_t>(detail::text_engine::block_size))
            if (const auto* const quote = end_of_last(at_ + 1)) return take(quote, out);
        const auto front = engine_.read_plain(at_ + 1, begin_, end_);
        if (!front.is_all(end_)) return detail::compiled.read_string(*this, front, out);
        return take(front.stop, out);
    }

    /// Reads a number as its text.
    bool number(std::string_view& out) {
        const char* const first = at_;
        const bool good = detail::text_engine::scan_number(at_, end_);
        out = {first, static_cast<std::size_t>(at_ - first)};
        return good || broken();
    }

    using json_cursor::short_integer;

    /// Reads `true` or `false`.
    bool yes_no(bool& out) { return out = *at_ == 't', word(out ? "true" : "false"); }

    /// Reads `null`.
    bool null() { return word("null"); }

    /// Reads an object without members; nothing of any other value.
    bool empty_object() {
        if (skip_blanks() != '{' || (end_ - at_ > 1 && at_[1] == '"')) return false;
        const auto start = here();
        if (object().more()) go_back(start);
        return at_ != start.at && !is_broken();
    }

    /// Skips a value.
    bool skip() { return detail::compiled.skip(*this); }

    /// Reads a value as JSON text, byte for byte except for what JSON does not allow.
    bool exact_text(std::string& out) { return detail::compiled.exact_text(*this, out); }

    /// Iterates over an array or object: `for (auto all = in.array(); all.more();) ...`
    class list {
    public:
        /// Whether another element follows. Also false if the text is broken.
        [[gnu::always_inline]] bool more() {
            if (in_.is_broken()) return false;
            const char c = in_.skip_blanks();
            if (c == close_) return in_.leave();
            if (std::exchange(is_first_, false)) return true;
            if (c != ',') return in_.broken();
            ++in_.at_;
            return true;
        }

        /** Whether another member follows. Its name is read if `find` knows it.

            `find(rest)` gets the text after the name's opening quote. If that is a name it knows, directly
            followed by its closing quote and colon, it returns the end of these; else null.
        */
        template <class Find> [[gnu::always_inline]] bool more(Find find) {
            const char* p = in_.at_;
            const bool is_plain = in_.end_ - p > 2 && (is_first_ ? *p == '"' : *p == ',' && *++p == '"');
            if (is_plain) is_first_ = false;
            else if (!more()) return false;
            else if (in_.skip_blanks() == '"') p = in_.at_;
            else return true;
            const char* const behind = find(std::string_view(p + 1, in_.end_));
            in_.at_ = behind ? behind : p;
            return true;
        }

    private:
        friend class json_reader;
        list(json_reader& in, char close) : in_(in), close_(close) { in.enter(); }

        json_reader& in_;
        char close_;
        bool is_first_ = true;
    };

    /// Enters the next value, an array.
    list array() { return {*this, ']'}; }

    /// Enters the next value, an object; each iteration must begin with @ref name.
    list object() { return {*this, '}'}; }

    /// Reads a member's name. Valid until the next string is read.
    bool name(std::string_view& out) {
        if (skip_blanks() != '"') return broken();
        return text(out) && colon();
    }

    /// A position in the text, to return to.
    struct mark {
        const char* at;          ///< position in the text
        std::size_t depth_left;  ///< remaining nesting depth
    };
    [[nodiscard]] mark here() const noexcept { return {at_, depth_left_}; }           ///< current position
    void go_back(const mark& m) noexcept { at_ = m.at, depth_left_ = m.depth_left; }  ///< returns to `m`

    /// Whether only white space follows and the text is not broken.
    bool ends() {
        if (is_broken()) return false;
        if (at_ != end_) skip_blanks();
        return at_ == end_ || broken("extra data");
    }

private:
    friend struct detail::source::json_reading;

    void enter() noexcept {
        if (depth_left_ == 0) {
            is_too_deep_ = !is_broken();
            broken("too deep");
            return;
        }
        --depth_left_;
        ++at_;
    }

    bool leave() noexcept {
        ++depth_left_;
        ++at_;
        return false;
    }

    // Like assignment, but allocates no more than the text needs, and is faster if that is nothing.
    // Flattened, as g++ else calls the constructor in a program that has many strings.
    [[gnu::flatten]] static void set(std::string& out, std::string_view text) {
        if (text.size() <= std::string().capacity()) {
            std::destroy_at(&out);
            std::construct_at(&out, text);
        } else out = std::string(text);
    }

    // Takes the text up to that quote.
    bool take(const char* quote, std::string_view& out) noexcept {
        out = {at_ + 1, quote};
        at_ = quote + 1;
        return true;
    }

    std::size_t depth_left_;
    bool is_too_deep_{};
    bool is_strict_;
    bool is_nonconforming_{};
    detail::text_engine::buffer decoded_;
    const detail::text_engine::engine& engine_ = detail::text_engine::now();
};

}  // namespace wxmp::inline v0_1

#endif
