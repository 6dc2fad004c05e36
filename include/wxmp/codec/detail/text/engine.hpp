// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_DETAIL_TEXT_ENGINE_HPP
#define WXMP_CODEC_DETAIL_TEXT_ENGINE_HPP

#include <wxmp/version.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Strings in JSON text are read and written by code for whatever instructions the CPU has: an engine.
namespace wxmp::detail::text_engine {

// A string that is being read, from behind its opening quote on.
struct string_read {
    const char* first;       // behind the opening quote
    const char* p = first;   // read up to here; at the end, the closing quote
    char* to = nullptr;      // where the text goes
    char* to_end = nullptr;  // and how far it may
    bool has_escape = false;
    bool has_control = false;   // a raw control character
    bool needs_repair = false;  // invalid UTF-8 or half of a surrogate pair
    bool is_suspect = false;    // may be invalid UTF-8

    std::string_view raw() const noexcept { return {first, static_cast<std::size_t>(p - first)}; }
};

enum class read_end : std::uint8_t {
    closed,   // the closing quote is reached
    cut,      // the end of the text is
    wrong,    // an escape is none
    no_room,  // more of it is needed to go on
};

// The front of a string: up to its end, its first escape or control character, or the end of the text.
struct plain_run {
    const char* stop;       // behind it
    std::uint64_t suspect;  // not 0 where it may be invalid UTF-8

    // Whether it is all of the string, which stands there byte for byte.
    bool is_all(const char* end) const noexcept { return suspect == 0 && stop != end && *stop == '"'; }
};

// Instead of a size, where a text is not UTF-8.
inline constexpr std::size_t not_utf8 = ~std::size_t{};

/// The algorithms over one instruction set.
struct engine {
    const char* name;
    bool (*available)() noexcept;  ///< whether this CPU has what it needs
    plain_run (*read_plain)(const char* first, const char* begin, const char* end) noexcept;
    read_end (*read_string)(string_read& s, const char* begin, const char* end) noexcept;
    read_end (*skip_string)(string_read& s, const char* begin, const char* end) noexcept;  ///< writes nothing
    std::size_t (*escaped_size)(std::string_view text) noexcept;
    char* (*escape)(char* to, const char* to_end, std::string_view text) noexcept;
};

/// The engine in use, at first the fastest. Tests store another one; the results do not depend on it.
std::atomic<const engine*>& active() noexcept;  // in wxmp/src.hpp, with the engines

inline const engine& now() noexcept { return *active().load(std::memory_order_relaxed); }

}  // namespace wxmp::detail::text_engine

#endif
