// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MEMBERS_HPP
#define WXMP_CODEC_MEMBERS_HPP

#include <wxmp/codec/containers.hpp>
#include <wxmp/codec/detail/object_reader.hpp>
#include <wxmp/codec/detail/object_writer.hpp>
#include <wxmp/codec/member_table.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

template <described T> struct codec<T> {
    static bool write(json_writer& out, const T& v, const json_path& at) {
        return detail::write_members(out, &v, detail::writers<T>, at);
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        return detail::read_members(&v, in, detail::readers<T>, at);
    }
};

/** A described struct of optionals of which exactly one is set; a member of the JSON object tells which.

    `discriminators` names that member for each alternative with a JSON form, in order.
*/
template <class T>
concept alternatives = described<T> && requires {
    T::discriminators;
};

template <alternatives T> struct codec<T> {
    static_assert(std::size(T::discriminators) == std::size_t(std::popcount(detail::members<T>.with_json())));
    static bool write(json_writer& out, const T& v, const json_path& at) {
        return detail::write_alternative(out, &v, detail::writers<T>, at);
    }
    static bool read(T& v, json_reader& in, const json_path& at) {
        return detail::read_alternative(&v, in, detail::readers<T>, T::discriminators, at);
    }
};

/// A type that has a JSON form.
template <class T>
concept encodable = requires(T& v, const T& c, json_reader& in, json_writer& out, const json_path& at) {
    { codec<T>::read(v, in, at) } -> std::same_as<bool>;
    { codec<T>::write(out, c, at) } -> std::same_as<bool>;
};

/** Appends `v` as JSON text to a buffer, which may be reused.

    At most one allocation, of an eighth more than the text without escapes; more if that is too little.

    @return Nothing; or `errc::invalid_utf8` for a string that is not UTF-8, `errc::out_of_range` for an
    enumerator that has no text, with its JSON pointer. `out` is then unchanged.
*/
template <encodable T> result<void> encode_to(std::string& out, const T& v) {
    auto fault = detail::no_fault();
    const auto write = [&v](json_writer& to, const json_path& at) { return codec<T>::write(to, v, at); };
    detail::append_text(out, json_path(fault), write);
    if (fault) return *std::move(fault);
    return {};
}

/// Encodes `v` as JSON text. Errors as @ref encode_to. Unknown members are written as their stored text.
template <encodable T> result<std::string> encode(const T& v) {
    auto fault = detail::no_fault();
    const json_path at(fault);
    const auto write = [&v](json_writer& to, const json_path& up) { return codec<T>::write(to, v, up); };
    char small[detail::small_text];  // made a string at once, as most are
    json_writer first(small, sizeof small);
    if (write(first, at) && first.is_complete())
        return result<std::string>(boost::system::in_place_value, small, first.size());
    result<std::string> out;
    if (!fault) detail::append_text(*out, at, write, first.size());
    if (fault) out = *std::move(fault);
    return out;
}

/** Decodes a `T` from JSON text, without building a document. Linear.

    Inside strings, raw control characters are kept, and invalid UTF-8 and lone surrogates become U+FFFD, as
    the service sends them; everything else is strict. Of members with the same name, the last one is used.
    Unknown members keep their exact text. Uses about 8 KiB of stack per level of arrays.

    @param max_depth maximum nesting of objects and arrays
    @return The value; or `errc::bad_json`, `errc::too_deep`, or for a member that does not fit
    `errc::missing_member`, `errc::wrong_type`, `errc::out_of_range`, with its JSON pointer.
*/
template <encodable T> result<T> decode(std::string_view text, std::size_t max_depth = default_max_depth) {
    auto fault = detail::no_fault();
    auto out = detail::blank::emplace<T>(
        [](auto&&... v) { return result<T>(boost::system::in_place_value, std::move(v)...); });
    json_reader in(text, max_depth);
    detail::read_document(in, json_path(fault), [&out](json_reader& from, const json_path& at) {
        return codec<T>::read(*out, from, at);
    });
    if (fault) out = *std::move(fault);
    return out;
}

}  // namespace wxmp::inline v0_1

#endif
