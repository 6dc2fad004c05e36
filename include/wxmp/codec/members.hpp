// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MEMBERS_HPP
#define WXMP_CODEC_MEMBERS_HPP

#include <wxmp/codec/detail/object_reader.hpp>
#include <wxmp/codec/detail/object_value.hpp>
#include <wxmp/codec/detail/object_writer.hpp>
#include <wxmp/codec/member_table.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp {

template <described T> struct codec<T> {
    static bool to_value(json::value& out, const T& v, const json_path& at) {
        return detail::members_to_value(out.emplace_object(), &v,
                                        detail::members<T, detail::able::to_make_values>, at);
    }
    static bool from_value(T& v, const json::value& in, const json_path& at) {
        return detail::members_from_value(&v, in, detail::members<T, detail::able::to_take_values>, at);
    }
    static bool write(json_writer& out, const T& v, const json_path& at) {
        return detail::write_members(out, &v, detail::members<T, detail::able::to_write>, at);
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        return detail::read_members(&v, in, detail::members<T, detail::able::to_read>, at);
    }
};

/** A described struct of optionals of which exactly one is set; a member of the JSON object tells which.

    `told_by` names that member for each alternative with a JSON form, in order.
*/
template <class T>
concept alternatives = described<T> && requires {
    T::told_by;
};

template <alternatives T> struct codec<T> {
    static_assert(std::size(T::told_by) == detail::count_of_json_members(detail::members<T>));
    static bool to_value(json::value& out, const T& v, const json_path& at) {
        return detail::alternative_to_value(out, &v, detail::members<T, detail::able::to_make_values>, at);
    }
    static bool from_value(T& v, const json::value& in, const json_path& at) {
        return detail::alternative_from_value(&v, in, detail::members<T, detail::able::to_take_values>,
                                              T::told_by, at);
    }
    static bool write(json_writer& out, const T& v, const json_path& at) {
        return detail::write_alternative(out, &v, detail::members<T, detail::able::to_write>, at);
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        return detail::read_alternative(&v, in, detail::members<T, detail::able::to_read>, T::told_by, at);
    }
};

/// A type that has a JSON form.
template <class T>
concept encodable = requires(T& v, const T& c, json::value& j, const json_path& at) {
    { codec<T>::to_value(j, c, at) } -> std::same_as<bool>;
    { codec<T>::from_value(v, j, at) } -> std::same_as<bool>;
};

/** Encodes `v` as a `json::value`.

    @return The value; or `errc::invalid_utf8` for a string that is not UTF-8, `errc::out_of_range` for an
    enumerator that has no text, with its JSON pointer.
*/
template <encodable T> result<json::value> to_value(const T& v, json::storage_ptr memory = {}) {
    auto fault = detail::no_fault();
    json::value out(std::move(memory));
    codec<T>::to_value(out, v, json_path(fault));
    if (fault) return *std::move(fault);
    return out;
}

/// Decodes a `T` from a `json::value`. An error's detail is the JSON pointer of what does not fit.
template <encodable T> result<T> from_value(const json::value& in) {
    auto fault = detail::no_fault();
    T out{};
    codec<T>::from_value(out, in, json_path(fault));
    if (fault) return *std::move(fault);
    return out;
}

/** Appends `v` as JSON text to a buffer, which may be reused.

    At most one allocation. Errors as @ref to_value; `out` is then unchanged.
*/
template <encodable T> result<void> encode_to(std::string& out, const T& v) {
    auto fault = detail::no_fault();
    detail::append_text(out, json_path(fault), [&v](json_writer& text, const json_path& at) {
        return detail::write_json_of(text, v, at);
    });
    if (fault) return *std::move(fault);
    return {};
}

/// Encodes `v` as JSON text. Errors as @ref to_value. Unknown members are written as their stored text.
template <encodable T> result<std::string> encode(const T& v) {
    std::string out;
    const auto done = encode_to(out, v);
    if (!done) return done.error();
    return out;
}

/** Decodes a `T` from JSON text, without building a document. Linear.

    Uses about 8 KiB of stack per level of arrays, of which the calls' types have at most three, so that most
    arrays are allocated once, at their final size.

    Errors as @ref parse_json and @ref from_value. Unknown members keep their exact text.
*/
template <encodable T> result<T> decode(std::string_view text, std::size_t max_depth = default_max_depth) {
    auto fault = detail::no_fault();
    result<T> out(boost::system::in_place_value);
    json_reader in(text, max_depth);
    detail::read_document(in, json_path(fault), [&out](json_reader& from, const json_path& at) {
        return detail::read_json_of(*out, from, at);
    });
    if (fault) out = *std::move(fault);
    return out;
}

}  // namespace wxmp

#endif
