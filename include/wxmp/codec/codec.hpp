// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_CODEC_HPP
#define WXMP_CODEC_CODEC_HPP

#include <wxmp/codec/forms.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/secret.hpp>
#include <wxmp/data/sha1_digest.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace wxmp::inline v0_1 {

template <> struct codec<bool> : yes_form<bool> {
    static bool& yes(bool& v) noexcept { return v; }
    static bool write(json_writer& out, bool v, const json_path&) {
        return out.raw(v ? "true" : "false"), true;
    }
};

template <> struct codec<flag> : yes_form<flag> {
    static bool& yes(flag& v) noexcept { return v.value; }
    static bool write(json_writer& out, flag v, const json_path&) { return out.raw(v ? "1" : "0"), true; }
};

template <std::integral T> struct codec<T> : number_form<T> {
    static T& number(T& v) noexcept { return v; }
};

/// A duration is encoded as the number of its units.
template <std::integral Count, class Unit> struct codec<std::chrono::duration<Count, Unit>> {
    using duration = std::chrono::duration<Count, Unit>;
    static bool read(duration& v, json_reader& in, const json_path& at) {
        Count count{};
        return detail::read_number(count, in, at) && (v = duration(count), true);
    }
    static bool write(json_writer& out, duration v, const json_path&) { return out.number(v.count()), true; }
};

/// A time is encoded as the seconds since 1970-01-01 00:00 UTC.
template <> struct codec<std::chrono::sys_seconds> {
    static bool read(std::chrono::sys_seconds& v, json_reader& in, const json_path& at) {
        std::chrono::seconds since{};
        return codec<std::chrono::seconds>::read(since, in, at) &&
               (v = std::chrono::sys_seconds(since), true);
    }
    static bool write(json_writer& out, std::chrono::sys_seconds v, const json_path& at) {
        return codec<std::chrono::seconds>::write(out, v.time_since_epoch(), at);
    }
};

template <class T>
    requires std::same_as<T, index_from_0> || std::same_as<T, index_from_1>
struct codec<T> : number_form<T> {
    static std::uint32_t& number(T& v) noexcept { return v.value; }
};

template <> struct codec<std::string> : text_form<std::string> {
    static const std::string& text(const std::string& v) noexcept { return v; }
    static bool read(std::string& v, json_reader& in, const json_path& at) {
        if (!in.begins_with('"')) return in.next(), at.fail(errc::wrong_type);
        return in.text(v);
    }
};

template <> struct codec<secret> : text_form<secret> {
    static const std::string& text(const secret& v) noexcept { return v.reveal(); }
    static bool parse(secret& v, std::string_view text) { return v = secret(std::string(text)), true; }
};

template <> struct codec<opaque_id> : text_form<opaque_id> {
    static const std::string& text(const opaque_id& v) noexcept { return v.text; }
    static bool parse(opaque_id& v, std::string_view text) { return v.text = text, true; }
    static bool read(opaque_id& v, json_reader& in, const json_path& at) {
        if (in.next() != json_kind::number) return codec<std::string>::read(v.text, in, at);
        std::string_view number;
        if (!in.number(number)) return false;
        if (number.find_first_of(".eE") != number.npos) return at.fail(errc::wrong_type);
        return parse(v, number);
    }
};

template <> struct codec<sha1_digest> : text_form<sha1_digest> {
    static std::string text(const sha1_digest& v) { return v.hex(); }
    static bool parse(sha1_digest& v, std::string_view text) noexcept {
        const auto digest = sha1_digest::parse(text);
        if (digest) v = *digest;
        return digest.has_value();
    }
};

template <fixed_string Text> struct codec<constant<Text>> : text_form<constant<Text>> {
    static constexpr std::string_view text(constant<Text>) noexcept { return Text.view(); }
    static constexpr bool parse(constant<Text>&, std::string_view text) noexcept {
        return text == Text.view();
    }
};

/// An enumeration with a @ref wire_texts table.
template <class E>
concept text_enumeration = std::is_enum_v<E> && requires {
    wire_texts<E>::table;
};

/// Other enumerations are encoded as numbers; a number without an enumerator is kept.
template <class E>
    requires(std::is_enum_v<E> && !text_enumeration<E>)
struct codec<E> {
    using number = std::underlying_type_t<E>;
    static bool write(json_writer& out, E v, const json_path&) {
        out.number(static_cast<number>(v));
        return true;
    }
    static bool read(E& v, json_reader& in, const json_path& at) {
        number n{};
        return detail::read_number(n, in, at) && (v = static_cast<E>(n), true);
    }
};

/// Enumerations with a @ref wire_texts table are encoded as text.
template <text_enumeration E> struct codec<E> : text_form<E> {
    static bool write(json_writer& out, E v, const json_path& at) {
        for (const auto& t : wire_texts<E>::table)
            if (t.value == v) return out.text(t.text, at);
        return at.fail(errc::out_of_range);
    }
    static constexpr bool parse(E& v, std::string_view text) noexcept {
        for (const auto& t : wire_texts<E>::table)
            if (t.text == text) return v = t.value, true;
        return false;
    }
};

}  // namespace wxmp::inline v0_1

#endif
