// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_JSON_READER_HPP
#define WXMP_CODEC_JSON_READER_HPP

#include <wxmp/codec/detail/text/dispatch.hpp>
#include <wxmp/codec/detail/text/number.hpp>
#include <wxmp/codec/json_text.hpp>
#include <wxmp/error/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp {

/// What a JSON value is; `none` where there is no value.
enum class json_kind : std::uint8_t { none, null, yes_no, number, text, array, object };

/** Reads JSON text from front to back, value by value, without a document in memory.

    As lenient as @ref parse_json and as strict. It refers to the text, which must stay unchanged. A codec
    asks @ref next what comes, and reads it or says that it does not fit. Once the text turned out to be
    broken, all functions return false.
*/
class json_reader {
public:
    /// @param is_strict refuses what the service may do wrong inside of strings
    explicit json_reader(std::string_view text, std::size_t max_depth = default_max_depth,
                         bool is_strict = false) noexcept
        : begin_(text.data()),
          at_(text.data()),
          end_(text.data() + text.size()),
          depth_left_(max_depth),
          is_strict_(is_strict) {}

    json_reader(const json_reader&) = delete;
    json_reader& operator=(const json_reader&) = delete;

    /// True once the text turned out to be no JSON, or nested too deep.
    [[nodiscard]] bool is_broken() const noexcept { return broken_ != nullptr; }

    /// True where it is broken only in that it is nested too deep.
    [[nodiscard]] bool is_too_deep() const noexcept { return is_too_deep_; }

    /// True once a string held what no JSON may hold, as the service does: see @ref parse_json.
    [[nodiscard]] bool is_odd() const noexcept { return is_odd_; }

    /// What is wrong with the text; only where it is broken.
    [[nodiscard]] error fault() const {
        return is_too_deep_ ? error(errc::too_deep) : error(errc::bad_json, broken_);
    }

    /// What value comes next. `none` breaks the text.
    json_kind next() {
        const char c = skip_blanks();
        switch (c) {
        case '"': return json_kind::text;
        case '{': return json_kind::object;
        case '[': return json_kind::array;
        case 't':
        case 'f': return json_kind::yes_no;
        case 'n': return json_kind::null;
        default: break;
        }
        if (c == '-' || (c >= '0' && c <= '9')) return json_kind::number;
        broken();
        return json_kind::none;
    }

    /// Reads a text.
    bool text(std::string& out) {
        const auto s = scan_string();
        if (!s.stop) return false;
        if (!s.needs_repair) return decode(out, s), true;
        const auto repaired = *detail::json_repair(exact(s)).run();
        json_reader in(repaired);
        return in.text(out);
    }

    /// Reads a short text: a view into the document, or one that is valid until the next text is read.
    bool text(std::string_view& out) {
        const char* const first = at_;
        const auto s = scan_string();
        if (!s.stop) return false;
        if (!s.has_escape && !s.needs_repair) return out = inside(s), true;
        at_ = first;
        if (!text(scratch_)) return false;
        out = scratch_;
        return true;
    }

    /// Reads a number: its text.
    bool number(std::string_view& out) {
        const char* const first = at_;
        const bool good = detail::text_engine::scan_number(at_, end_);
        out = {first, static_cast<std::size_t>(at_ - first)};
        return good || broken();
    }

    /// Reads `true` or `false`.
    bool yes_no(bool& out) { return out = *at_ == 't', word(out ? "true" : "false"); }

    /// Reads `null`.
    bool null() { return word("null"); }

    /// Reads over a value.
    bool skip() {
        std::string_view number_text;
        bool yes{};
        switch (next()) {
        case json_kind::none: return false;
        case json_kind::null: return null();
        case json_kind::yes_no: return yes_no(yes);
        case json_kind::number: return number(number_text);
        case json_kind::text: return scan_string().stop != nullptr;
        case json_kind::array: return skip_array();
        case json_kind::object: return skip_object();
        }
        return false;
    }

    /// Reads a value as the JSON text that it is, byte for byte but for what no JSON may hold.
    bool exact_text(std::string& out) {
        next();
        const char* const first = at_;
        const bool was_odd = std::exchange(is_odd_, false);
        if (!skip()) return false;
        const std::string_view raw(first, static_cast<std::size_t>(at_ - first));
        auto repaired = is_odd_ ? detail::json_repair(raw).run() : std::nullopt;
        is_odd_ |= was_odd;
        if (repaired) out = *std::move(repaired);
        else out = raw;
        return true;
    }

    /// A loop over what is in an array or object: `for (auto all = in.array(); all.more();) ...`
    class list {
    public:
        /// Whether one more follows. False where the text is broken, too.
        bool more() {
            if (in_.is_broken()) return false;
            const char c = in_.skip_blanks();
            if (c == close_) return in_.leave();
            if (std::exchange(is_first_, false)) return true;
            if (c != ',') return in_.broken();
            ++in_.at_;
            return true;
        }

    private:
        friend class json_reader;
        list(json_reader& in, char close) : in_(in), close_(close) { in.enter(); }

        json_reader& in_;
        char close_;
        bool is_first_ = true;
    };

    /// Enters the array that is next.
    list array() { return {*this, ']'}; }

    /// Enters the object that is next; each turn of the loop begins with @ref name.
    list object() { return {*this, '}'}; }

    /// Reads a member's name. Valid until the next text is read.
    bool name(std::string_view& out) {
        if (skip_blanks() != '"') return broken();
        return text(out) && colon();
    }

    /// Reads a member's name if it is this one, written in the plainest way; else reads nothing.
    bool name_is(std::string_view expected) {
        skip_blanks();
        const auto size = expected.size();
        if (static_cast<std::size_t>(end_ - at_) < size + 3 || at_[0] != '"' || at_[size + 1] != '"' ||
            at_[size + 2] != ':' || std::memcmp(at_ + 1, expected.data(), size) != 0)
            return false;
        at_ += size + 3;
        return true;
    }

    /// A place in the text, to come back to.
    struct mark {
        const char* at;          ///< in the text
        std::size_t depth_left;  ///< how much deeper it may get
    };
    [[nodiscard]] mark here() const noexcept { return {at_, depth_left_}; }           ///< where the reader is
    void go_back(const mark& m) noexcept { at_ = m.at, depth_left_ = m.depth_left; }  ///< reads that again

    /// Whether nothing but blanks follows, and the text is not broken.
    bool ends() {
        if (is_broken()) return false;
        skip_blanks();
        return at_ == end_ || broken("extra data");
    }

private:
    using scanned = detail::text_engine::string_scan;

    char peek() const noexcept { return at_ == end_ ? '\0' : *at_; }

    char skip_blanks() noexcept {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
        return peek();
    }

    bool broken(const char* how = "syntax error") noexcept {
        if (!broken_) broken_ = at_ == end_ ? "incomplete JSON" : how;
        return false;
    }

    bool word(std::string_view expected) noexcept {
        for (const char c : expected) {
            if (peek() != c) return broken();
            ++at_;
        }
        return true;
    }

    bool colon() noexcept {
        if (skip_blanks() != ':') return broken();
        ++at_;
        return true;
    }

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

    bool skip_array() {
        for (auto all = array(); all.more();)
            if (!skip()) return false;
        return !is_broken();
    }

    bool skip_object() {
        for (auto all = object(); all.more();)
            if (skip_blanks() != '"' || !scan_string().stop || !colon() || !skip()) return broken();
        return !is_broken();
    }

    scanned scan_string() noexcept {
        auto s = engine_.scan_string(begin_, at_ + 1, end_);
        const bool is_odd = s.has_control || s.needs_repair;
        is_odd_ |= is_odd;
        if (s.is_cut) at_ = end_;
        if (is_strict_ && is_odd) s.stop = nullptr;
        if (s.stop) at_ = s.stop + 1;
        else broken();
        return s;
    }

    // A string without and with its quotes.
    static std::string_view inside(const scanned& s) noexcept {
        return {s.first, static_cast<std::size_t>(s.stop - s.first)};
    }
    static std::string_view exact(const scanned& s) noexcept {
        return {s.first - 1, static_cast<std::size_t>(s.stop - s.first) + 2};
    }

    void decode(std::string& out, const scanned& s) const {
        const auto raw = inside(s);
        if (!s.has_escape) return void(out.assign(raw));
        out.resize(raw.size() - s.removed);
        engine_.unescape(out.data(), out.data() + out.size(), s.first, s.stop, end_);
    }

    const char* begin_;
    const char* at_;
    const char* end_;
    std::size_t depth_left_;
    const char* broken_{};
    bool is_too_deep_{};
    bool is_strict_;
    bool is_odd_{};
    std::string scratch_;
    const detail::text_engine::engine& engine_ = detail::text_engine::now();
};

}  // namespace wxmp

#endif
