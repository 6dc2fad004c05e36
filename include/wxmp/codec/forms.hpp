// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_FORMS_HPP
#define WXMP_CODEC_FORMS_HPP

#include <wxmp/codec/json_path.hpp>
#include <wxmp/codec/json_reader.hpp>
#include <wxmp/codec/json_writer.hpp>

#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

namespace wxmp::inline v0_1 {

/** Reads and writes one C++ type as JSON. A specialization always does both.

    @code
    template <> struct codec<my_type> {
        static bool read(my_type& v, json_reader& in, const json_path& at);
        static bool write(json_writer& out, const my_type& v, const json_path& at);
    };
    @endcode

    Both return false after `at.fail(...)` and throw only `std::bad_alloc`. `read` also returns false if the
    text is malformed; it may stop anywhere in a value that does not fit. `write` is called again, to the same
    result, if its text had no room. Types encoded as a number, a string or a boolean need less:
    see @ref number_form, @ref text_form and @ref yes_form.
*/
template <class T> struct codec;

namespace detail {

// What is wrong with the text as a number, which must be all of it.
template <class Number> std::errc parse_number(Number& v, std::string_view text) noexcept {
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, v);
    return stop == end ? problem : std::errc::invalid_argument;
}

template <class Number> bool number_from_text(Number& v, std::string_view text, const json_path& at) {
    const auto problem = parse_number(v, text);
    if (problem == std::errc()) return true;
    return at.fail(problem == std::errc::result_out_of_range ? errc::out_of_range : errc::wrong_type);
}

// Reads the next value if it is a string.
inline bool read_text(std::string_view& text, json_reader& in, const json_path& at) {
    if (!in.begins_with('"')) return in.next(), at.fail(errc::wrong_type);
    return in.text(text);
}

// Also a number with a fraction or an exponent, such as `1.50e2`, if it is an integer.
template <class Number> bool number_from_literal(Number& v, std::string_view literal, const json_path& at) {
    if (parse_number(v, literal) == std::errc()) return true;
    return parse_number(v, compiled.integer_digits(literal)) == std::errc() || at.fail(errc::out_of_range);
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

}  // namespace detail

/** Base of codecs for types that are encoded as a number.

    `codec<T>::number(v)` returns a reference to the number in `v`, for reading and writing.
*/
template <class T> struct number_form {
    static bool write(json_writer& out, T v, const json_path&) {
        return out.number(codec<T>::number(v)), true;
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        return detail::read_number(codec<T>::number(v), in, at);
    }
};

/// Base of codecs for boolean types, in any of their forms: `codec<T>::yes(v)` is the bool in `v`.
template <class T> struct yes_form {
    static bool read(T& v, json_reader& in, const json_path& at) {
        if (in.next() == json_kind::yes_no) return in.yes_no(codec<T>::yes(v));
        int number{};
        if (!detail::read_number(number, in, at)) return false;
        codec<T>::yes(v) = number != 0;
        return number == 0 || number == 1 || at.fail(errc::out_of_range);
    }
};

/** Base of codecs for types that are encoded as a string.

    `codec<T>::text(v)` is the text of `v`; `codec<T>::parse(v, text)` is false if no `T` has that text.
*/
template <class T> struct text_form {
    static bool write(json_writer& out, const T& v, const json_path& at) {
        return out.text(codec<T>::text(v), at);
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        std::string_view text;
        return detail::read_text(text, in, at) && (codec<T>::parse(v, text) || at.fail(errc::wrong_type));
    }
};

}  // namespace wxmp::inline v0_1

#endif
