// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_FORMS_HPP
#define WXMP_CODEC_FORMS_HPP

#include <wxmp/codec/json_path.hpp>
#include <wxmp/codec/json_reader.hpp>
#include <wxmp/codec/json_text.hpp>
#include <wxmp/codec/json_writer.hpp>
#include <wxmp/codec/utf8.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

namespace wxmp {

/** Encodes and decodes one C++ type as JSON. A specialization always does both.

    `to_value(out, v, at)` and `from_value(v, in, at)` convert to and from a `json::value`; `write(out, v,
    at)` and `read(v, in, at)` convert to and from text. They return false after `at.fail(...)` and throw only
    `std::bad_alloc`. `read` also returns false if the text is malformed; it may stop anywhere in a value that
    does not fit. `write` and `read` may be omitted: a `json::value` is used instead.
*/
template <class T> struct codec;

namespace detail {

template <class Number> bool number_from_text(Number& v, std::string_view text, const json_path& at) {
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, v);
    if (problem == std::errc::result_out_of_range && stop == end) return at.fail(errc::out_of_range);
    return (problem == std::errc() && stop == end) || at.fail(errc::wrong_type);
}

// The accepted forms of a number: a JSON number, or the same as a string.
template <class Number> bool number_from_value(Number& v, const json::value& in, const json_path& at) {
    if (const auto* text = in.if_string()) return number_from_text(v, *text, at);
    if (!in.is_number()) return at.fail(errc::wrong_type);
    error_code ec;
    v = in.to_number<Number>(ec);
    return !ec || at.fail(errc::out_of_range);
}

// Reads the next value if it is a string.
inline bool read_text(std::string_view& text, json_reader& in, const json_path& at) {
    if (!in.begins_with('"')) return in.next(), at.fail(errc::wrong_type);
    return in.text(text);
}

// A number with a fraction or an exponent is converted by Boost.JSON.
template <class Number> bool number_from_literal(Number& v, std::string_view literal, const json_path& at) {
    const auto end = literal.data() + literal.size();
    const auto [stop, problem] = std::from_chars(literal.data(), end, v);
    if (problem == std::errc() && stop == end) return true;
    error_code ec;
    const auto value = json::parse(literal, ec);
    return ec ? at.fail(errc::out_of_range) : number_from_value(v, value, at);
}

template <class Number> bool read_number(Number& v, json_reader& in, const json_path& at) {
    if (std::int64_t n{}; in.short_integer(n)) {
        v = static_cast<Number>(n);
        return std::in_range<Number>(n) || at.fail(errc::out_of_range);
    }
    std::string_view text;
    switch (in.next()) {
    case json_kind::number: return in.number(text) && number_from_literal(v, text, at);
    case json_kind::text: return in.text(text) && number_from_text(v, text, at);
    default: return at.fail(errc::wrong_type);
    }
}

inline bool as_yes_no(bool& v, int number, const json_path& at) {
    v = number != 0;
    return number == 0 || number == 1 || at.fail(errc::out_of_range);
}

}  // namespace detail

/** Base of codecs for types that are encoded as a number.

    `codec<T>::number(v)` returns a reference to the number in `v`, for reading and writing.
*/
template <class T> struct number_form {
    static bool to_value(json::value& out, T v, const json_path&) { return out = codec<T>::number(v), true; }
    static bool write(json_writer& out, T v, const json_path&) {
        return out.number(codec<T>::number(v)), true;
    }
    static bool from_value(T& v, const json::value& in, const json_path& at) {
        return detail::number_from_value(codec<T>::number(v), in, at);
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        return detail::read_number(codec<T>::number(v), in, at);
    }
};

/// Base of codecs for boolean types, in any of their forms: `codec<T>::yes(v)` is the bool in `v`.
template <class T> struct yes_form {
    static bool from_value(T& v, const json::value& in, const json_path& at) {
        if (const auto* yes = in.if_bool()) return codec<T>::yes(v) = *yes, true;
        int number{};
        return detail::number_from_value(number, in, at) && detail::as_yes_no(codec<T>::yes(v), number, at);
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        if (in.next() == json_kind::yes_no) return in.yes_no(codec<T>::yes(v));
        int number{};
        return detail::read_number(number, in, at) && detail::as_yes_no(codec<T>::yes(v), number, at);
    }
};

/** Base of codecs for types that are encoded as a string.

    `codec<T>::text(v)` is the text of `v`; `codec<T>::parse(v, text)` is false if no `T` has that text.
*/
template <class T> struct text_form {
    static bool to_value(json::value& out, const T& v, const json_path& at) {
        const auto& text = codec<T>::text(v);
        if (!is_utf8(text)) return at.fail(errc::invalid_utf8);
        out = text;
        return true;
    }
    static bool write(json_writer& out, const T& v, const json_path& at) {
        return out.text(codec<T>::text(v), at);
    }
    static bool from_value(T& v, const json::value& in, const json_path& at) {
        const auto* text = in.if_string();
        return (text && codec<T>::parse(v, *text)) || at.fail(errc::wrong_type);
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        std::string_view text;
        return detail::read_text(text, in, at) && (codec<T>::parse(v, text) || at.fail(errc::wrong_type));
    }
};

namespace detail {

// A codec that an application wrote for values only works for text as well.
template <class T> bool write_json_of(json_writer& out, const T& v, const json_path& at) {
    if constexpr (requires { &codec<T>::write; }) return codec<T>::write(out, v, at);
    else {
        json::value value;
        if (!codec<T>::to_value(value, v, at)) return false;
        out.raw(write_json(value));
        return true;
    }
}

template <class T> bool read_json_of(T& v, json_reader& in, const json_path& at) {
    if constexpr (requires { &codec<T>::read; }) return codec<T>::read(v, in, at);
    else {
        std::string text;
        if (!in.exact_text(text)) return false;
        const auto value = parse_json(text, ~std::size_t{});
        return value ? codec<T>::from_value(v, *value, at) : at.fail(errc::bad_json);
    }
}

}  // namespace detail

}  // namespace wxmp

#endif
