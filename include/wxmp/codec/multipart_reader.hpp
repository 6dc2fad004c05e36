// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MULTIPART_READER_HPP
#define WXMP_CODEC_MULTIPART_READER_HPP

#include <wxmp/codec/multipart_head.hpp>
#include <wxmp/error/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1 {

/// Limits of a @ref multipart_reader. Exceeding one is @ref errc::too_large.
struct multipart_limits {
    std::size_t max_parts = 64;                ///< parts of the form
    std::size_t max_header_bytes = 8u << 10;   ///< headers of one part, with their line ends
    std::uint64_t max_part_bytes = 16u << 20;  ///< content of one part
};

/** Receives the parts: for each, `part_begin`, `part_data` any number of times, then `part_end`.

    The bytes are valid only during the call; how they are split into pieces is unspecified.
*/
template <class H>
concept multipart_handler = requires(H& h, multipart_head&& head, std::string_view bytes) {
    h.part_begin(std::move(head));
    h.part_data(bytes);
    h.part_end();
};

/** Parses a multipart/form-data body incrementally, from chunks of any size.

    Parts, bytes and errors do not depend on how the body is split. Skips anything before the first boundary
    and after the last one, and headers other than Content-Disposition and Content-Type. Buffers at most one
    header line. Takes time linear in the size of the body.
*/
class multipart_reader {
public:
    /// Parses a body with this boundary, as returned by @ref boundary_of.
    explicit multipart_reader(std::string_view boundary, const multipart_limits& l = {})
        : delimiter_("\r\n--"), limits_(l) {
        delimiter_ += boundary;
        if (!detail::is_boundary(boundary)) fault_.emplace(errc::bad_multipart, "boundary");
    }

    /** Parses the next chunk of the body and calls `handler` for what is in it.

        @return @ref errc::bad_multipart or @ref errc::too_large, with the part, counted from 0, and what is
        wrong with it. Every later call returns the same error; or @ref errc::exception_thrown, after
        an exception of the handler or std::bad_alloc.
    */
    template <multipart_handler Handler> result<void> feed(std::string_view chunk, Handler& handler) {
        if (std::exchange(is_feeding_, true)) fault_ = error(errc::exception_thrown);
        while (!chunk.empty() && !fault_ && state_ != state::closed) {
            if (state_ == state::preamble || state_ == state::content) take_content(chunk, handler);
            else if (state_ == state::headers) take_header(chunk, handler);
            else take_delimiter_end(chunk);
        }
        is_feeding_ = false;
        return outcome();
    }

    /// Call at the end of the body: an error unless the closing boundary was read.
    [[nodiscard]] result<void> finish() const {
        if (is_feeding_) return error(errc::exception_thrown);
        if (!fault_ && state_ != state::closed) return error(errc::bad_multipart, "no closing boundary");
        return outcome();
    }

private:
    // What the next byte belongs to.
    enum class state { preamble, delimiter_end, closing, padding, line_feed, headers, content, closed };

    [[nodiscard]] result<void> outcome() const {
        if (fault_) return *fault_;
        return {};
    }

    [[nodiscard]] std::string_view delimiter() const noexcept { return delimiter_; }

    void fail(errc e, const char* why) {
        fault_.emplace(e, "part " + std::to_string(parts_ - 1) + ": " + why);
    }

    // Takes content up to a delimiter. The delimiter's only line break is its start, so a partial match that
    // turns out to be content is not scanned again, and its bytes in earlier chunks need not be kept.
    template <class Handler> void take_content(std::string_view& chunk, Handler& handler) {
        if (matched_ != 0) {
            const auto more = common_prefix(chunk, delimiter().substr(matched_));
            chunk.remove_prefix(more);
            matched_ += more;
            if (matched_ == delimiter_.size()) return end_content(handler);
            if (chunk.empty()) return;
            pass_on(delimiter().substr(0, std::exchange(matched_, 0)), handler);
        }
        std::size_t at = 0;
        while ((at = chunk.find('\r', at)) != chunk.npos) {
            matched_ = common_prefix(chunk.substr(at), delimiter_);
            if (matched_ == delimiter_.size() || at + matched_ == chunk.size()) break;
            at += std::exchange(matched_, 0);
        }
        pass_on(chunk.substr(0, at), handler);
        chunk.remove_prefix(at == chunk.npos ? chunk.size() : at + matched_);
        if (!fault_ && matched_ == delimiter_.size()) end_content(handler);
    }

    static std::size_t common_prefix(std::string_view a, std::string_view b) noexcept {
        std::size_t size = 0;
        while (size != a.size() && size != b.size() && a[size] == b[size]) ++size;
        return size;
    }

    template <class Handler> void pass_on(std::string_view bytes, Handler& handler) {
        if (state_ == state::preamble || fault_) return;
        // Up to the limit, so that the result does not depend on chunk boundaries.
        const auto most = std::min<std::uint64_t>(bytes.size(), limits_.max_part_bytes - part_bytes_);
        const auto taken = bytes.substr(0, static_cast<std::size_t>(most));
        part_bytes_ += taken.size();
        if (!taken.empty()) handler.part_data(taken);
        if (taken.size() != bytes.size()) fail(errc::too_large, "content");
    }

    template <class Handler> void end_content(Handler& handler) {
        matched_ = 0;
        if (std::exchange(state_, state::delimiter_end) == state::content) handler.part_end();
        ++parts_;
    }

    // A boundary is followed by blanks and a line break, or by two dashes and anything.
    void take_delimiter_end(std::string_view& chunk) {
        const char c = chunk.front();
        chunk.remove_prefix(1);
        const bool first = state_ == state::delimiter_end;
        const bool blank = c == ' ' || c == '\t';
        if (state_ == state::closing && c == '-') state_ = state::closed;
        else if (state_ == state::line_feed && c == '\n') begin_headers();
        else if (first && c == '-') state_ = state::closing;
        else if ((first || state_ == state::padding) && blank) state_ = state::padding;
        else if ((first || state_ == state::padding) && c == '\r') state_ = state::line_feed;
        else fail(errc::bad_multipart, "boundary line");
    }

    void begin_headers() {
        if (parts_ > limits_.max_parts) return fail(errc::too_large, "too many parts");
        state_ = state::headers;
        headers_ = {};
        header_bytes_ = 0;
    }

    template <class Handler> void take_header(std::string_view& chunk, Handler& handler) {
        const auto line_feed = chunk.find('\n');
        const auto taken = chunk.substr(0, line_feed == chunk.npos ? line_feed : line_feed + 1);
        if (taken.size() > limits_.max_header_bytes - header_bytes_) return fail(errc::too_large, "headers");
        header_bytes_ += taken.size();
        line_ += taken;
        chunk.remove_prefix(taken.size());
        if (line_feed != chunk.npos) end_line(std::exchange(line_, {}), handler);
    }

    template <class Handler> void end_line(std::string_view line, Handler& handler) {
        line.remove_suffix(1);
        if (!line.ends_with('\r')) return fail(errc::bad_multipart, "line break");
        line.remove_suffix(1);
        const char* const fault = line.empty() ? headers_.finish() : headers_.take(line);
        if (fault) return fail(errc::bad_multipart, fault);
        if (!line.empty()) return;
        state_ = state::content;
        part_bytes_ = 0;
        handler.part_begin(headers_.release());
    }

    std::string delimiter_;
    multipart_limits limits_;
    std::optional<error> fault_;
    state state_ = state::preamble;
    bool is_feeding_{};        // an exception left it if that is still so
    std::size_t matched_ = 2;  // bytes of the delimiter seen; the start counts as a line break
    std::size_t parts_ = 0;    // that have begun
    std::uint64_t part_bytes_{};
    std::size_t header_bytes_{};
    std::string line_;  // the start of a header line
    detail::part_headers headers_;
};

/// One part of a form that is in memory.
struct form_part : multipart_head {
    std::string_view data;  ///< the content; a view of the body

    friend bool operator==(const form_part&, const form_part&) = default;
};

/** Parses a complete body, without copying content.

    @param content_type The value of the Content-Type header.
    @param body         The body, which must outlive the parts, as they refer to it.
    @return The parts in order, or the first error: @ref errc::bad_multipart or @ref errc::too_large.
*/
inline result<std::vector<form_part>> read_form(std::string_view content_type, std::string_view body,
                                                const multipart_limits& l = {}) {
    struct collector {
        std::vector<form_part> parts;

        void part_begin(multipart_head&& head) { parts.push_back({std::move(head), {}}); }
        void part_data(std::string_view bytes) { parts.back().data = bytes; }
        void part_end() {}
    };
    const auto boundary = boundary_of(content_type);
    if (!boundary) return boundary.error();
    collector all;
    multipart_reader reader(*boundary, l);
    // In one chunk, the content of a part is one piece.
    if (const auto fed = reader.feed(body, all); !fed) return fed.error();
    if (const auto end = reader.finish(); !end) return end.error();
    return std::move(all.parts);
}

}  // namespace wxmp::inline v0_1

#endif
