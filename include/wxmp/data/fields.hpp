// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_FIELDS_HPP
#define WXMP_DATA_FIELDS_HPP

#include <wxmp/version.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp {

/** A yes or no that travels as the number 1 or 0.

    Sent as a number; a number, a numeric string and a bool are accepted on the wire. Use it like a bool. It
    is made from a bool only, as a pointer or the text "no" would be yes.
*/
struct flag {
    bool value{};  ///< the yes or no

    constexpr flag() = default;
    template <std::same_as<bool> Bool> constexpr flag(Bool yes) noexcept : value(yes) {}
    constexpr operator bool() const noexcept { return value; }
};

/** A name that the service gives out: sent as a string, accepted as a string or a number.

    Never computed with; compare and pass back.
*/
struct opaque_id {
    std::string text;  ///< the id as text

    opaque_id() = default;
    opaque_id(std::string id) noexcept : text(std::move(id)) {}
    opaque_id(const char* id) : text(id) {}
    opaque_id(std::string_view id) : text(id) {}

    friend bool operator==(const opaque_id&, const opaque_id&) = default;
};

/// A moment in seconds since 1970-01-01 00:00 UTC. Accepted as a number or a numeric string.
struct unix_seconds {
    std::int64_t count{};  ///< seconds; negative before 1970

    friend constexpr auto operator<=>(const unix_seconds&, const unix_seconds&) = default;
};

/// A position counted from 0. Not convertible to @ref index_from_1, so that the two cannot be mixed up.
struct index_from_0 {
    std::uint32_t value{};  ///< the first one is 0

    friend constexpr auto operator<=>(const index_from_0&, const index_from_0&) = default;
};

/// A position counted from 1. Some calls give 0 a meaning of its own; they say so.
struct index_from_1 {
    std::uint32_t value{};  ///< the first one is 1

    friend constexpr auto operator<=>(const index_from_1&, const index_from_1&) = default;
};

/// A string known at compile time, usable as a template argument.
template <std::size_t N> struct fixed_string {
    char text[N]{};  ///< with its terminating zero

    consteval fixed_string(const char (&from)[N]) {
        for (std::size_t i = 0; i != N; ++i) text[i] = from[i];
    }
    constexpr std::string_view view() const noexcept { return {text, N - 1}; }
};

/// A member that always has the same text on the wire, as `grant_type`. Any other text is refused.
template <fixed_string Text> struct constant {
    static constexpr std::string_view text = Text.view();  ///< what travels

    friend constexpr bool operator==(const constant&, const constant&) = default;
};

/** Members that this library has no name for, kept as JSON text.

    A type that is read, changed and sent back carries them, so that nothing the service stores is lost.
    They are sent after the known members, in the order in which they came.
*/
struct unknown_members {
    /// One member.
    struct entry {
        std::string name;  ///< the member's name, unescaped
        std::string json;  ///< its value as JSON text

        friend bool operator==(const entry&, const entry&) = default;
    };

    std::vector<entry> entries;  ///< in wire order

    friend bool operator==(const unknown_members&, const unknown_members&) = default;
};

/** An enumeration whose values travel as text.

    Specialize it with `static constexpr std::array<wire_text<E>, N> table` beside the enumeration. A text
    that is not in the table is refused on the way in, and an enumerator that is not, on the way out.
*/
template <class E> struct wire_texts;

/// One enumerator and its text on the wire.
template <class E> struct wire_text {
    E value;                ///< the enumerator
    std::string_view text;  ///< UTF-8
};

}  // namespace wxmp

#endif
