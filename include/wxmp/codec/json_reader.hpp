// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_JSON_READER_HPP
#define WXMP_CODEC_JSON_READER_HPP

#include <wxmp/codec/detail/text/buffer.hpp>
#include <wxmp/codec/detail/text/cursor.hpp>
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

/** Reads JSON text from front to back, value by value, without a document in memory.

    As lenient as @ref parse_json and as strict. It refers to the text, which must stay unchanged. A codec
    asks @ref next what comes, and reads it or says that it does not fit. Once the text turned out to be
    broken, all functions return false.
*/
class json_reader : detail::json_cursor {
public:
    /// @param is_strict refuses what the service may do wrong inside of strings
    explicit json_reader(std::string_view text, std::size_t max_depth = default_max_depth,
                         bool is_strict = false) noexcept
        : json_cursor(text), depth_left_(max_depth), is_strict_(is_strict) {}

    json_reader(const json_reader&) = delete;
    json_reader& operator=(const json_reader&) = delete;

    /// True once the text turned out to be no JSON, or nested too deep.
    using json_cursor::is_broken;

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
        const auto kind = detail::kind_by_first[static_cast<unsigned char>(skip_blanks())];
        if (kind == json_kind::none) broken();
        return kind;
    }

    /// Reads a text.
    bool text(std::string& out) {
        std::string_view decoded;
        if (!read_string(decoded)) return false;
        out = std::string(decoded);
        return true;
    }

    /// Reads a short text: a view into the document, or one that is valid until the next text is read.
    bool text(std::string_view& out) {
        const char* const start = at_;
        const auto s = skip_string();
        if (is_broken()) return false;
        if (!s.has_escape && !s.needs_repair) return out = s.raw(), true;
        at_ = start;
        return read_string(out);
    }

    /// Reads a number: its text.
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

    /// Reads over a value.
    bool skip() {
        std::string_view number_text;
        bool yes{};
        switch (next()) {
        case json_kind::none: return false;
        case json_kind::null: return null();
        case json_kind::yes_no: return yes_no(yes);
        case json_kind::number: return number(number_text);
        case json_kind::text: skip_string(); return !is_broken();
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

    /// The text from behind the quote of a member's name on. Reads nothing; empty where none is next.
    std::string_view rest_of_name() noexcept {
        if (skip_blanks() != '"') return {};
        return {at_ + 1, static_cast<std::size_t>(end_ - at_ - 1)};
    }

    /// Whether that text begins with this name, written in the plainest way.
    static bool begins_with_name(std::string_view rest, std::string_view name) noexcept {
        const auto size = name.size();
        return rest.size() > size + 1 && rest[size] == '"' && rest[size + 1] == ':' &&
               std::memcmp(rest.data(), name.data(), size) == 0;
    }

    /// Reads such a name.
    void plain_name(std::size_t size) noexcept { at_ += size + 3; }

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
            if (!skip_name() || !skip()) return broken();
        return !is_broken();
    }

    bool skip_name() noexcept {
        if (skip_blanks() != '"') return false;
        skip_string();
        return !is_broken() && colon();
    }

    // Reads over a string.
    detail::text_engine::string_read skip_string() noexcept {
        detail::text_engine::string_read s{at_ + 1};
        finish(s, engine_.skip_string(s, begin_, end_));
        return s;
    }

    // Reads a string into `decoded_`, of which `out` is a view.
    bool read_string(std::string_view& out) {
        detail::text_engine::string_read s{at_ + 1};
        s.to = decoded_.begin();
        s.to_end = decoded_.end();
        auto how = engine_.read_string(s, begin_, end_);
        for (; how == detail::text_engine::read_end::no_room; how = engine_.read_string(s, begin_, end_))
            s.to = decoded_.grow(s.to), s.to_end = decoded_.end();
        if (!finish(s, how)) return false;
        if (s.needs_repair) return read_repaired(s, out);
        out = {decoded_.begin(), static_cast<std::size_t>(s.to - decoded_.begin())};
        return true;
    }

    bool finish(const detail::text_engine::string_read& s, detail::text_engine::read_end how) noexcept {
        const bool is_odd = s.has_control || s.needs_repair;
        is_odd_ |= is_odd;
        const bool good = how == detail::text_engine::read_end::closed && !(is_strict_ && is_odd);
        if (good) at_ = s.p + 1;
        if (how == detail::text_engine::read_end::cut) at_ = end_;
        return good || broken();
    }

    bool read_repaired(const detail::text_engine::string_read& s, std::string_view& out) {
        repaired_ = *detail::json_repair('"' + std::string(s.raw()) + '"').run();
        json_reader in(repaired_);
        std::string text;
        if (!in.text(text)) return broken();
        repaired_ = std::move(text);
        out = repaired_;
        return true;
    }

    std::size_t depth_left_;
    bool is_too_deep_{};
    bool is_strict_;
    bool is_odd_{};
    detail::text_engine::buffer decoded_;
    std::string repaired_;
    const detail::text_engine::engine& engine_ = detail::text_engine::now();
};

}  // namespace wxmp

#endif
