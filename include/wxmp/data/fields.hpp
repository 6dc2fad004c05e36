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

namespace wxmp::inline v0_1 {

/** A boolean that is encoded as the number 1 or 0.

    Decoded from a number, a numeric string or a bool. Use it like a bool. Only a bool converts to it;
    otherwise a pointer or the text "no" would be true.
*/
struct flag {
    bool value{};  ///< the boolean

    constexpr flag() = default;

    /// From a bool, and from nothing else.
    template <std::same_as<bool> Bool> constexpr flag(Bool yes) noexcept : value(yes) {}

    /// The boolean.
    constexpr operator bool() const noexcept { return value; }
};

/** An ID issued by the service: encoded as a string, decoded from a string or a number.

    Do not interpret it; only compare it and pass it back.
*/
struct opaque_id {
    std::string text;  ///< the ID as text

    opaque_id() = default;

    /// From its text.
    opaque_id(std::string id) noexcept : text(std::move(id)) {}
    opaque_id(const char* id) : text(id) {}
    opaque_id(std::string_view id) : text(id) {}

    friend bool operator==(const opaque_id&, const opaque_id&) = default;
};

/// A zero-based index. Not convertible to @ref index_from_1, so that the two cannot be mixed up.
struct index_from_0 {
    std::uint32_t value{};  ///< the first is 0

    friend constexpr auto operator<=>(const index_from_0&, const index_from_0&) = default;
};

/// A one-based index. Some calls give 0 a special meaning; they say so.
struct index_from_1 {
    std::uint32_t value{};  ///< the first is 1

    friend constexpr auto operator<=>(const index_from_1&, const index_from_1&) = default;
};

/// A string known at compile time, usable as a template argument.
template <std::size_t N> struct fixed_string {
    char text[N]{};  ///< null-terminated

    /// From a string literal.
    consteval fixed_string(const char (&from)[N]) {
        for (std::size_t i = 0; i != N; ++i) text[i] = from[i];
    }

    /// The string without its null.
    constexpr std::string_view view() const noexcept { return {text, N - 1}; }
};

/// A member that always has the same text on the wire, such as `grant_type`. Any other text is refused.
template <fixed_string Text> struct constant {
    static constexpr std::string_view text = Text.view();  ///< the text on the wire

    friend constexpr bool operator==(const constant&, const constant&) = default;
};

/** Members that this library does not know, kept as JSON text.

    Part of types that are read, changed and sent back, so that nothing the service stores is lost. Encoded
    after the known members, in the order received.
*/
struct unknown_members {
    /// One member.
    struct entry {
        std::string name;  ///< name, unescaped
        std::string json;  ///< value as JSON text

        friend bool operator==(const entry&, const entry&) = default;
    };

    std::vector<entry> entries;  ///< in wire order

    friend bool operator==(const unknown_members&, const unknown_members&) = default;
};

/** Maps an enumeration to texts on the wire.

    Specialize it with `static constexpr wire_text<E> table[]` next to the enumeration. A text that is not in
    the table fails to decode, and an enumerator that is not fails to encode.
*/
template <class E> struct wire_texts;

/// One enumerator and its text on the wire.
template <class E> struct wire_text {
    E value;                ///< the enumerator
    std::string_view text;  ///< UTF-8
};

}  // namespace wxmp::inline v0_1

#endif
