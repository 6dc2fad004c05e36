// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_ENGINE_HPP
#define WXMP_CODEC_DETAIL_TEXT_ENGINE_HPP

#include <wxmp/detail/compiled.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

// An engine reads and writes strings in JSON text with one instruction set of the CPU.
namespace wxmp::inline v0_1::detail::text_engine {

// A string that is being read, starting after its opening quote.
struct string_read {
    const char* first;       // after the opening quote
    const char* p = first;   // read up to here; at the end, the closing quote
    char* to = nullptr;      // where to write the text
    char* to_end = nullptr;  // the end of that memory
    bool has_escape = false;
    bool has_control = false;   // a raw control character
    bool needs_repair = false;  // invalid UTF-8 or a lone surrogate

    std::string_view raw() const noexcept { return {first, static_cast<std::size_t>(p - first)}; }
};

enum class read_end : std::uint8_t {
    closed,   // at the closing quote
    cut,      // at the end of the text
    wrong,    // at an invalid escape
    no_room,  // more memory is needed to continue
};

// The front of a string: up to its end, its first escape or control character, or the end of the text.
struct plain_run {
    const char* stop;       // its end
    std::uint64_t suspect;  // not 0 if it is invalid UTF-8

    // Whether it is the whole string, which then needs no decoding.
    bool is_all(const char* end) const noexcept { return suspect == 0 && stop != end && *stop == '"'; }

    // What is left of a string whose front it is.
    string_read rest(const char* first) const noexcept {
        return {.first = first, .p = stop, .needs_repair = suspect != 0};
    }
};

// A string that is being written, without its quotes.
struct string_write {
    std::string_view text;
    char* to;                     // where to write; moves on
    char* to_end;                 // the end of that memory
    const char* p = text.data();  // written up to here

    const char* end() const noexcept { return text.data() + text.size(); }
};

enum class write_end : std::uint8_t { done, not_utf8, no_room };  // the last: to continue takes more memory

/// The algorithms over one instruction set.
struct engine {
    const char* name;
    bool (*available)() noexcept;  ///< whether this CPU supports it
    plain_run (*read_plain)(const char* first, const char* begin, const char* end) noexcept;
    read_end (*read_string)(string_read& s, const char* begin, const char* end) noexcept;
    read_end (*skip_string)(string_read& s, const char* begin, const char* end) noexcept;  ///< writes nothing
    write_end (*write_string)(string_write& s) noexcept;
};

// The engine in use; null until the fastest is chosen. Tests store another one; results do not depend on it.
inline constinit std::atomic<const engine*> active{nullptr};

inline const engine& now() noexcept {
    const auto* const chosen = active.load(std::memory_order_relaxed);
    return chosen ? *chosen : *compiled.choose_text_engine();
}

}  // namespace wxmp::inline v0_1::detail::text_engine

#endif
