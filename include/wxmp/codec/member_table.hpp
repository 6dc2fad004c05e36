// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MEMBER_TABLE_HPP
#define WXMP_CODEC_MEMBER_TABLE_HPP

#include <wxmp/codec/codec.hpp>
#include <wxmp/data/body.hpp>
#include <wxmp/data/download.hpp>

#include <boost/describe/members.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
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
    void (*clear)(void* member);
    bool (*to_value)(json::value& out, const void* member, const place& at);
    bool (*from_value)(void* member, const json::value& in, const place& at);
    bool (*write)(json_writer& out, const void* member, const place& at);
    bool (*read)(void* member, json_reader& in, const place& at);

    const void* in(const void* object) const { return at(const_cast<void*>(object)); }
    constexpr bool has_json() const noexcept {
        return kind == member_kind::value || kind == member_kind::secret_value;
    }
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

// What can be done with a member of the type M.
template <class M> struct erased {
    static M& get(void* m) noexcept { return *static_cast<M*>(m); }
    static const M& get(const void* m) noexcept { return *static_cast<const M*>(m); }

    static bool present(const void* m) {
        if constexpr (is_optional<M>) return get(m).has_value();
        else return true;
    }
    static void clear(void* m) { get(m) = M{}; }
    static bool to_value(json::value& out, const void* m, const place& at) {
        return codec<M>::to_value(out, get(m), at);
    }
    static bool from_value(void* m, const json::value& in, const place& at) {
        return codec<M>::from_value(get(m), in, at);
    }
    static bool write(json_writer& out, const void* m, const place& at) {
        return write_json_of(out, get(m), at);
    }
    static bool read(void* m, json_reader& in, const place& at) { return read_json_of(get(m), in, at); }
};

template <class T, class D> constexpr member member_of() {
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
    constexpr auto kind = kind_of<M>;
    member m{};
    m.name = wire_name(D::name);
    m.kind = kind;
    m.required = !is_optional<M> && kind != member_kind::unknown;
    m.at = [](void* object) -> void* { return &(static_cast<T*>(object)->*D::pointer); };
    m.present = &erased<M>::present;
    if constexpr (kind == member_kind::value || kind == member_kind::secret_value) {
        m.clear = &erased<M>::clear;
        m.to_value = &erased<M>::to_value;
        m.from_value = &erased<M>::from_value;
        m.write = &erased<M>::write;
        m.read = &erased<M>::read;
    }
    return m;
}
template <class T, template <class...> class List, class... D> constexpr auto table_of(List<D...>) {
    return std::array<member, sizeof...(D)>{member_of<T, D>()...};
}

// All members of a struct. It refers to an array that is a constant.
class member_table {
public:
    template <std::size_t N> explicit consteval member_table(const std::array<member, N>& all) : all_(all) {
        static_assert(N <= 64, "a bit tells of each member that it was read");
        for (std::size_t i = 0; i != N; ++i)
            if (all[i].required && all[i].has_json()) required_ |= std::uint64_t{1} << i;
    }

    constexpr auto begin() const noexcept { return all_.begin(); }
    constexpr auto end() const noexcept { return all_.end(); }
    constexpr std::size_t size() const noexcept { return all_.size(); }
    constexpr const member& operator[](std::size_t i) const noexcept { return all_[i]; }

    // A bit for each that an object must have.
    constexpr std::uint64_t required() const noexcept { return required_; }

private:
    std::span<const member> all_;
    std::uint64_t required_ = 0;
};

template <class T>
inline constexpr auto array_of_members = table_of<T>(
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>{});

// The members of T in the order of its description, inherited ones first.
template <class T> inline constexpr member_table members{array_of_members<T>};

constexpr const member* find_member(member_table table, std::string_view name) noexcept {
    for (const auto& m : table)
        if (m.name == name) return &m;
    return nullptr;
}

// Whether an object has a member of that name on the wire.
constexpr bool is_known(member_table table, std::string_view name) noexcept {
    for (const auto& m : table)
        if (m.has_json() && m.name == name) return true;
    return false;
}

constexpr std::size_t count_of_json_members(member_table table) noexcept {
    std::size_t n = 0;
    for (const auto& m : table) n += m.has_json();
    return n;
}

// Members that travel elsewhere than in the object: in the query of a request.
using member_names = std::span<const std::string_view>;

inline bool is_among(member_names names, std::string_view name) noexcept {
    for (const auto& n : names)
        if (n == name) return true;
    return false;
}

}  // namespace detail

}  // namespace wxmp

#endif
