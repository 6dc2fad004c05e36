// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MEMBERS_HPP
#define WXMP_CODEC_MEMBERS_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/data/body.hpp>
#include <wxmp/data/download.hpp>

#include <boost/describe/members.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace wxmp {

/// A struct whose members are known through `BOOST_DESCRIBE_STRUCT`: it has a JSON form.
template <class T>
concept described = boost::describe::has_describe_members<T>::value && std::is_aggregate_v<T>;

namespace detail {

// How a member travels. Only `value` and `secret_value` have a JSON form.
enum class member_kind : std::uint8_t { value, file, octets, download, unknown, secret_value };

// One member of a described struct, as data. Every loop over members, in every direction, walks these.
struct member {
    std::string_view name;
    member_kind kind;
    bool required;
    void* (*at)(void* object);
    bool (*present)(const void* member);
    bool (*to_value)(json::value& out, const void* member, const place& at);
    bool (*from_value)(void* member, const json::value& in, const place& at);

    const void* in(const void* object) const { return at(const_cast<void*>(object)); }
};

// The name on the wire is the member's own, less one trailing underscore (`delete_` travels as `delete`).
constexpr std::string_view wire_name(std::string_view name) noexcept {
    if (name.ends_with('_')) name.remove_suffix(1);
    return name;
}

template <class M> constexpr member_kind kind_of = member_kind::value;
template <> inline constexpr member_kind kind_of<secret> = member_kind::secret_value;
template <> inline constexpr member_kind kind_of<http::file> = member_kind::file;
template <> inline constexpr member_kind kind_of<http::body> = member_kind::octets;
template <> inline constexpr member_kind kind_of<std::optional<http::download>> = member_kind::download;
template <> inline constexpr member_kind kind_of<unknown_members> = member_kind::unknown;

template <class M> constexpr bool is_optional = false;
template <class M> constexpr bool is_optional<std::optional<M>> = true;
template <class M> constexpr bool is_optional<at_most_one<M>> = true;

template <class M> bool is_present(const void* m) {
    if constexpr (is_optional<M>) return static_cast<const M*>(m)->has_value();
    else return true;
}
template <class M> bool to_value_erased(json::value& out, const void* m, const place& at) {
    return codec<M>::to_value(out, *static_cast<const M*>(m), at);
}
template <class M> bool from_value_erased(void* m, const json::value& in, const place& at) {
    return codec<M>::from_value(*static_cast<M*>(m), in, at);
}

template <class T, class D> constexpr member member_of() {
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
    constexpr auto kind = kind_of<M>;
    constexpr bool has_json = kind == member_kind::value || kind == member_kind::secret_value;
    member m{wire_name(D::name),
             kind,
             !is_optional<M> && kind != member_kind::unknown,
             [](void* object) -> void* { return &(static_cast<T*>(object)->*D::pointer); },
             &is_present<M>,
             nullptr,
             nullptr};
    if constexpr (has_json) {
        m.to_value = &to_value_erased<M>;
        m.from_value = &from_value_erased<M>;
    }
    return m;
}
template <class T, template <class...> class List, class... D> constexpr auto table_of(List<D...>) {
    return std::array<member, sizeof...(D)>{member_of<T, D>()...};
}

// The members of T in the order of its description, inherited ones first.
template <class T>
inline constexpr auto members = table_of<T>(
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>{});

using member_table = std::span<const member>;

constexpr const member* find_member(member_table table, std::string_view name) noexcept {
    for (const auto& m : table)
        if (m.name == name) return &m;
    return nullptr;
}

inline bool append_unknown(json::object& out, const unknown_members& all, const place& at) {
    for (const auto& e : all.entries) {
        const place here(at, e.name);
        auto v = parse_json(e.json, default_max_depth, out.storage());
        if (!v) return here.fail(v.error() == errc::too_deep ? errc::too_deep : errc::bad_json);
        if (!is_utf8(e.name)) return here.fail(errc::invalid_utf8);
        out.insert_or_assign(e.name, *std::move(v));
    }
    return true;
}

// Members that travel elsewhere than in the object: in the query of a request.
using member_names = std::span<const std::string_view>;

inline bool is_among(member_names names, std::string_view name) noexcept {
    for (const auto& n : names)
        if (n == name) return true;
    return false;
}

inline bool members_to_value(json::object& out, const void* object, member_table table, const place& at,
                             member_names left_out = {}) {
    out.reserve(table.size());
    for (const auto& m : table) {
        if (is_among(left_out, m.name)) continue;
        const auto* value = m.in(object);
        if (m.kind == member_kind::unknown) {
            if (!append_unknown(out, *static_cast<const unknown_members*>(value), at)) return false;
        } else if (m.to_value && m.present(value)) {
            json::value v(out.storage());
            if (!m.to_value(v, value, place(at, m.name))) return false;
            out.insert_or_assign(m.name, std::move(v));
        }
    }
    return true;
}

inline void keep_unknown(unknown_members& out, const json::object& in, member_table table) {
    for (const auto& kv : in) {
        const std::string_view name(kv.key().data(), kv.key().size());
        const auto* known = find_member(table, name);
        if (known && known->kind != member_kind::unknown) continue;
        out.entries.push_back({std::string(name), write_json(kv.value())});
    }
}

inline bool member_from_value(const member& m, void* object, const json::value* in, const place& at) {
    if (in) return m.from_value(m.at(object), *in, at);
    return !m.required || at.fail(errc::missing_member);
}

inline bool members_from_value(void* object, const json::value& in, member_table table, const place& at,
                               member_names left_out = {}) {
    const auto* o = in.if_object();
    if (!o) return at.fail(errc::wrong_type);
    for (const auto& m : table) {
        if (m.kind == member_kind::unknown)
            keep_unknown(*static_cast<unknown_members*>(m.at(object)), *o, table);
        if (!m.from_value || is_among(left_out, m.name)) continue;
        if (!member_from_value(m, object, o->if_contains(m.name), place(at, m.name))) return false;
    }
    return true;
}

// A struct of alternatives has the JSON form of the first one that is set.
inline bool alternative_to_value(json::value& out, const void* object, member_table table, const place& at) {
    for (const auto& m : table) {
        const auto* value = m.in(object);
        if (m.to_value && m.present(value)) return m.to_value(out, value, at);
    }
    return at.fail(errc::missing_member);
}

inline bool alternative_from_value(void* object, const json::value& in, member_table table,
                                   member_names told_by, const place& at) {
    const auto* o = in.if_object();
    if (!o) return at.fail(errc::wrong_type);
    auto name = told_by.begin();
    for (const auto& m : table)
        if (m.from_value && o->contains(*name++)) return m.from_value(m.at(object), in, at);
    return at.fail(errc::missing_member);
}

template <class T> constexpr std::size_t count_of_json_members() noexcept {
    std::size_t n = 0;
    for (const auto& m : members<T>) n += m.kind == member_kind::value || m.kind == member_kind::secret_value;
    return n;
}

}  // namespace detail

template <described T> struct codec<T> {
    static bool to_value(json::value& out, const T& v, const place& at) {
        return detail::members_to_value(out.emplace_object(), &v, detail::members<T>, at);
    }
    static bool from_value(T& v, const json::value& in, const place& at) {
        return detail::members_from_value(&v, in, detail::members<T>, at);
    }
};

/** A described struct of optionals of which exactly one is set: what an object is, one of its members tells.

    `told_by` names that member for each alternative with a JSON form, in their order.
*/
template <class T>
concept alternatives = described<T> && requires {
    T::told_by;
};

template <alternatives T> struct codec<T> {
    static_assert(std::size(T::told_by) == detail::count_of_json_members<T>());
    static bool to_value(json::value& out, const T& v, const place& at) {
        return detail::alternative_to_value(out, &v, detail::members<T>, at);
    }
    static bool from_value(T& v, const json::value& in, const place& at) {
        return detail::alternative_from_value(&v, in, detail::members<T>, T::told_by, at);
    }
};

/// A type that has a JSON form.
template <class T>
concept encodable = requires(T& v, const T& c, json::value& j, const place& at) {
    { codec<T>::to_value(j, c, at) } -> std::same_as<bool>;
    { codec<T>::from_value(v, j, at) } -> std::same_as<bool>;
};

/** The JSON form of `v`.

    @return `errc::invalid_utf8` with the JSON pointer of a text that is not UTF-8, or
    `errc::out_of_range` for an enumerator that has no text.
*/
template <encodable T> result<json::value> to_value(const T& v, json::storage_ptr memory = {}) {
    std::optional<error> fault;
    json::value out(std::move(memory));
    codec<T>::to_value(out, v, place(fault));
    if (fault) return *std::move(fault);
    return out;
}

/// Reads a `T` from its JSON form. An error's detail is the JSON pointer of what does not fit.
template <encodable T> result<T> from_value(const json::value& in) {
    std::optional<error> fault;
    T out{};
    codec<T>::from_value(out, in, place(fault));
    if (fault) return *std::move(fault);
    return out;
}

/// `v` as JSON text. Errors as @ref to_value.
template <encodable T> result<std::string> encode(const T& v) {
    const auto value = to_value(v);
    if (!value) return value.error();
    return write_json(*value);
}

/// Reads a `T` from JSON text. Errors as @ref parse_json and @ref from_value.
template <encodable T> result<T> decode(std::string_view text, std::size_t max_depth = default_max_depth) {
    const auto value = parse_json(text, max_depth);
    if (!value) return value.error();
    return from_value<T>(*value);
}

}  // namespace wxmp

#endif
