// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_CODEC_HPP
#define WXMP_CODEC_CODEC_HPP

#include <wxmp/codec/detail/batch.hpp>
#include <wxmp/codec/forms.hpp>
#include <wxmp/data/at_most_one.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/secret.hpp>
#include <wxmp/data/sha1_digest.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wxmp {

template <> struct codec<bool> : yes_form<bool> {
    static bool& yes(bool& v) noexcept { return v; }
    static bool to_value(json::value& out, bool v, const json_path&) { return out = v, true; }
    static bool write(json_writer& out, bool v, const json_path&) {
        return out.raw(v ? "true" : "false"), true;
    }
};

template <> struct codec<flag> : yes_form<flag> {
    static bool& yes(flag& v) noexcept { return v.value; }
    static bool to_value(json::value& out, flag v, const json_path&) { return out = v ? 1 : 0, true; }
    static bool write(json_writer& out, flag v, const json_path&) { return out.raw(v ? "1" : "0"), true; }
};

template <std::integral T> struct codec<T> : number_form<T> {
    static T& number(T& v) noexcept { return v; }
};

template <> struct codec<unix_seconds> : number_form<unix_seconds> {
    static std::int64_t& number(unix_seconds& v) noexcept { return v.count; }
};

template <class T>
    requires std::same_as<T, index_from_0> || std::same_as<T, index_from_1>
struct codec<T> : number_form<T> {
    static std::uint32_t& number(T& v) noexcept { return v.value; }
};

template <> struct codec<std::string> : text_form<std::string> {
    static const std::string& text(const std::string& v) noexcept { return v; }
    static bool parse(std::string& v, std::string_view text) { return v = text, true; }
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
    static bool from_value(opaque_id& v, const json::value& in, const json_path& at) {
        if (in.is_int64() || in.is_uint64()) return v.text = json::serialize(in), true;
        return text_form::from_value(v, in, at);
    }
    static bool read(opaque_id& v, json_reader& in, const json_path& at) {
        if (in.next() != json_kind::number) return codec<std::string>::read(v.text, in, at);
        std::string_view literal;
        if (!in.number(literal)) return false;
        error_code ec;
        return from_value(v, json::parse(literal, ec), at);
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
    static bool to_value(json::value& out, E v, const json_path&) {
        return out = static_cast<number>(v), true;
    }
    static bool write(json_writer& out, E v, const json_path&) {
        out.number(static_cast<number>(v));
        return true;
    }
    static bool from_value(E& v, const json::value& in, const json_path& at) {
        number n{};
        return detail::number_from_value(n, in, at) && (v = static_cast<E>(n), true);
    }
    static bool read(E& v, json_reader& in, const json_path& at) {
        number n{};
        return detail::read_number(n, in, at) && (v = static_cast<E>(n), true);
    }
};

/// Enumerations with a @ref wire_texts table are encoded as text.
template <text_enumeration E> struct codec<E> : text_form<E> {
    static bool to_value(json::value& out, E v, const json_path& at) {
        return has_text(v, at) && text_form<E>::to_value(out, v, at);
    }
    static bool write(json_writer& out, E v, const json_path& at) {
        return has_text(v, at) && text_form<E>::write(out, v, at);
    }
    static constexpr std::string_view text(E v) noexcept {
        for (const auto& t : wire_texts<E>::table)
            if (t.value == v) return t.text;
        return {};
    }
    static constexpr bool parse(E& v, std::string_view text) noexcept {
        for (const auto& t : wire_texts<E>::table)
            if (t.text == text) return v = t.value, true;
        return false;
    }

private:
    static bool has_text(E v, const json_path& at) {
        for (const auto& t : wire_texts<E>::table)
            if (t.value == v) return true;
        return at.fail(errc::out_of_range);
    }
};

/// An empty optional has no JSON form: a struct omits the member. A null is read as empty.
template <class T> struct codec<std::optional<T>> {
    static bool to_value(json::value& out, const std::optional<T>& v, const json_path& at) {
        return v ? codec<T>::to_value(out, *v, at) : (out = nullptr, true);
    }
    static bool write(json_writer& out, const std::optional<T>& v, const json_path& at) {
        return v ? detail::write_json_of(out, *v, at) : (out.raw("null"), true);
    }
    static bool from_value(std::optional<T>& v, const json::value& in, const json_path& at) {
        if (in.is_null()) return v.reset(), true;
        return codec<T>::from_value(v.emplace(), in, at);
    }
    static bool read(std::optional<T>& v, json_reader& in, const json_path& at) {
        if (in.begins_with('n')) return v.reset(), in.null();
        if constexpr (std::same_as<T, std::string>) {
            std::string_view text;
            return detail::read_text(text, in, at) && (v.emplace(text), true);
        } else return detail::read_json_of(v.emplace(), in, at);
    }
};

template <class T> struct codec<at_most_one<T>> {
    static bool to_value(json::value& out, const std::optional<T>& v, const json_path& at) {
        return codec<std::optional<T>>::to_value(out, v, at);
    }
    static bool write(json_writer& out, const std::optional<T>& v, const json_path& at) {
        return codec<std::optional<T>>::write(out, v, at);
    }
    static bool from_value(std::optional<T>& v, const json::value& in, const json_path& at) {
        const auto* array = in.if_array();
        if (!array) return codec<std::optional<T>>::from_value(v, in, at);
        v.reset();
        if (array->empty()) return true;
        if (array->size() != 1) return at.fail(errc::wrong_type);
        return codec<T>::from_value(v.emplace(), array->front(), json_path(at, std::size_t{}));
    }
    static bool read(std::optional<T>& v, json_reader& in, const json_path& at) {
        if (!in.begins_with('[')) return codec<std::optional<T>>::read(v, in, at);
        const auto start = in.here();
        std::size_t count = 0;
        for (auto all = in.array(); all.more(); ++count)
            if (!in.skip()) return false;
        if (in.is_broken()) return false;
        if (count > 1) return at.fail(errc::wrong_type);
        in.go_back(start);
        v.reset();
        for (auto all = in.array(); all.more();)
            if (!detail::read_json_of(v.emplace(), in, json_path(at, std::size_t{}))) return false;
        return !in.is_broken();
    }
};

template <class T> struct codec<std::vector<T>> {
    static bool to_value(json::value& out, const std::vector<T>& v, const json_path& at) {
        auto& array = out.emplace_array();
        array.reserve(v.size());
        for (std::size_t i = 0; i != v.size(); ++i)
            if (!codec<T>::to_value(array.emplace_back(nullptr), v[i], json_path(at, i))) return false;
        return true;
    }
    static bool write(json_writer& out, const std::vector<T>& v, const json_path& at) {
        out.raw("[");
        for (std::size_t i = 0; i != v.size(); ++i) {
            if (i != 0) out.raw(",");
            if (!detail::write_json_of(out, v[i], json_path(at, i))) return false;
        }
        out.raw("]");
        return true;
    }
    static bool from_value(std::vector<T>& v, const json::value& in, const json_path& at) {
        const auto* array = in.if_array();
        if (!array) return at.fail(errc::wrong_type);
        v.clear();
        v.reserve(array->size());
        for (std::size_t i = 0; i != array->size(); ++i)
            if (!codec<T>::from_value(v.emplace_back(), (*array)[i], json_path(at, i))) return false;
        return true;
    }
    static bool read(std::vector<T>& v, json_reader& in, const json_path& at) {
        if (!in.begins_with('[')) return in.next(), at.fail(errc::wrong_type);
        v.clear();
        detail::batch<T> batch;
        for (auto all = in.array(); all.more();) {
            if (batch.is_full()) batch.move_to(v, true);
            const json_path here(at, v.size() + batch.size());
            if (!detail::read_json_of(batch.add(), in, here)) return false;
        }
        batch.move_to(v);
        return !in.is_broken();
    }
};

}  // namespace wxmp

#endif
