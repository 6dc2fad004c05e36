// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_CODEC_HPP
#define WXMP_CODEC_CODEC_HPP

#include <wxmp/codec/json_text.hpp>
#include <wxmp/codec/place.hpp>
#include <wxmp/codec/utf8.hpp>
#include <wxmp/data/at_most_one.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/secret.hpp>
#include <wxmp/data/sha1_digest.hpp>

#include <boost/json/value.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <vector>

namespace wxmp {

/** The JSON form of one C++ type, in both directions. A specialization always has both.

    `to_value(out, v, at)` and `from_value(v, in, at)` return false after `at.fail(...)`. They throw nothing
    but `std::bad_alloc`.
*/
template <class T> struct codec;

namespace detail {

inline bool text_to_value(json::value& out, std::string_view text, const place& at) {
    if (!is_utf8(text)) return at.fail(errc::invalid_utf8);
    out = text;
    return true;
}

template <class Number> bool number_from_text(Number& v, std::string_view text, const place& at) {
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, v);
    if (problem == std::errc::result_out_of_range && stop == end) return at.fail(errc::out_of_range);
    return (problem == std::errc() && stop == end) || at.fail(errc::wrong_type);
}

// The catalogue of numeric forms: a JSON number, or the same as a string.
template <class Number> bool number_from_value(Number& v, const json::value& in, const place& at) {
    if (const auto* text = in.if_string()) return number_from_text(v, *text, at);
    if (!in.is_number()) return at.fail(errc::wrong_type);
    error_code ec;
    v = in.to_number<Number>(ec);
    return !ec || at.fail(errc::out_of_range);
}

inline bool yes_from_value(bool& v, const json::value& in, const place& at) {
    if (const auto* yes = in.if_bool()) return v = *yes, true;
    int number{};
    if (!number_from_value(number, in, at)) return false;
    v = number != 0;
    return number == 0 || number == 1 || at.fail(errc::out_of_range);
}

}  // namespace detail

template <> struct codec<bool> {
    static bool to_value(json::value& out, bool v, const place&) { return out = v, true; }
    static bool from_value(bool& v, const json::value& in, const place& at) {
        return detail::yes_from_value(v, in, at);
    }
};

template <> struct codec<flag> {
    static bool to_value(json::value& out, flag v, const place&) { return out = v ? 1 : 0, true; }
    static bool from_value(flag& v, const json::value& in, const place& at) {
        return detail::yes_from_value(v.value, in, at);
    }
};

template <std::integral T> struct codec<T> {
    static bool to_value(json::value& out, T v, const place&) { return out = v, true; }
    static bool from_value(T& v, const json::value& in, const place& at) {
        return detail::number_from_value(v, in, at);
    }
};

template <> struct codec<unix_seconds> {
    static bool to_value(json::value& out, unix_seconds v, const place&) { return out = v.count, true; }
    static bool from_value(unix_seconds& v, const json::value& in, const place& at) {
        return detail::number_from_value(v.count, in, at);
    }
};

template <class T>
    requires std::same_as<T, index_from_0> || std::same_as<T, index_from_1>
struct codec<T> {
    static bool to_value(json::value& out, T v, const place&) { return out = v.value, true; }
    static bool from_value(T& v, const json::value& in, const place& at) {
        return detail::number_from_value(v.value, in, at);
    }
};

template <> struct codec<std::string> {
    static bool to_value(json::value& out, const std::string& v, const place& at) {
        return detail::text_to_value(out, v, at);
    }
    static bool from_value(std::string& v, const json::value& in, const place& at) {
        const auto* text = in.if_string();
        if (!text) return at.fail(errc::wrong_type);
        v.assign(text->data(), text->size());
        return true;
    }
};

template <> struct codec<secret> {
    static bool to_value(json::value& out, const secret& v, const place& at) {
        return detail::text_to_value(out, v.reveal(), at);
    }
    static bool from_value(secret& v, const json::value& in, const place& at) {
        std::string text;
        if (!codec<std::string>::from_value(text, in, at)) return false;
        v = secret(std::move(text));
        return true;
    }
};

template <> struct codec<opaque_id> {
    static bool to_value(json::value& out, const opaque_id& v, const place& at) {
        return detail::text_to_value(out, v.text, at);
    }
    static bool from_value(opaque_id& v, const json::value& in, const place& at) {
        if (in.is_int64() || in.is_uint64()) return v.text = json::serialize(in), true;
        return codec<std::string>::from_value(v.text, in, at);
    }
};

template <> struct codec<sha1_digest> {
    static bool to_value(json::value& out, const sha1_digest& v, const place&) { return out = v.hex(), true; }
    static bool from_value(sha1_digest& v, const json::value& in, const place& at) {
        const auto* text = in.if_string();
        const auto digest = text ? sha1_digest::parse(*text) : std::nullopt;
        if (!digest) return at.fail(errc::wrong_type);
        v = *digest;
        return true;
    }
};

template <fixed_string Text> struct codec<constant<Text>> {
    static bool to_value(json::value& out, constant<Text>, const place&) { return out = Text.view(), true; }
    static bool from_value(constant<Text>&, const json::value& in, const place& at) {
        const auto* text = in.if_string();
        return (text && *text == json::string_view(Text.view())) || at.fail(errc::wrong_type);
    }
};

/// An enumeration with a @ref wire_texts table.
template <class E>
concept text_enumeration = std::is_enum_v<E> && requires {
    wire_texts<E>::table;
};

/// Other enumerations travel as the numbers they are; a number that has no name is kept.
template <class E>
    requires(std::is_enum_v<E> && !text_enumeration<E>)
struct codec<E> {
    using number = std::underlying_type_t<E>;
    static bool to_value(json::value& out, E v, const place&) { return out = static_cast<number>(v), true; }
    static bool from_value(E& v, const json::value& in, const place& at) {
        number n{};
        if (!detail::number_from_value(n, in, at)) return false;
        v = static_cast<E>(n);
        return true;
    }
};

/// Enumerations with a @ref wire_texts table travel as text.
template <text_enumeration E> struct codec<E> {
    static bool to_value(json::value& out, E v, const place& at) {
        for (const auto& t : wire_texts<E>::table)
            if (t.value == v) return out = t.text, true;
        return at.fail(errc::out_of_range);
    }
    static bool from_value(E& v, const json::value& in, const place& at) {
        const auto* text = in.if_string();
        if (!text) return at.fail(errc::wrong_type);
        for (const auto& t : wire_texts<E>::table)
            if (json::string_view(t.text) == *text) return v = t.value, true;
        return at.fail(errc::wrong_type);
    }
};

/// An empty optional has no JSON form: a struct leaves the member out. A null is read as empty.
template <class T> struct codec<std::optional<T>> {
    static bool to_value(json::value& out, const std::optional<T>& v, const place& at) {
        return v ? codec<T>::to_value(out, *v, at) : (out = nullptr, true);
    }
    static bool from_value(std::optional<T>& v, const json::value& in, const place& at) {
        if (in.is_null()) return v.reset(), true;
        return codec<T>::from_value(v.emplace(), in, at);
    }
};

template <class T> struct codec<at_most_one<T>> {
    static bool to_value(json::value& out, const std::optional<T>& v, const place& at) {
        return codec<std::optional<T>>::to_value(out, v, at);
    }
    static bool from_value(std::optional<T>& v, const json::value& in, const place& at) {
        const auto* array = in.if_array();
        if (!array) return codec<std::optional<T>>::from_value(v, in, at);
        v.reset();
        if (array->empty()) return true;
        if (array->size() != 1) return at.fail(errc::wrong_type);
        return codec<T>::from_value(v.emplace(), array->front(), place(at, std::size_t{}));
    }
};

template <class T> struct codec<std::vector<T>> {
    static bool to_value(json::value& out, const std::vector<T>& v, const place& at) {
        auto& array = out.emplace_array();
        array.reserve(v.size());
        for (std::size_t i = 0; i != v.size(); ++i)
            if (!codec<T>::to_value(array.emplace_back(nullptr), v[i], place(at, i))) return false;
        return true;
    }
    static bool from_value(std::vector<T>& v, const json::value& in, const place& at) {
        const auto* array = in.if_array();
        if (!array) return at.fail(errc::wrong_type);
        v.clear();
        v.reserve(array->size());
        for (std::size_t i = 0; i != array->size(); ++i)
            if (!codec<T>::from_value(v.emplace_back(), (*array)[i], place(at, i))) return false;
        return true;
    }
};

}  // namespace wxmp

#endif
