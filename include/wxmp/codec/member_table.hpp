// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_CODEC_MEMBER_TABLE_HPP
#define WXMP_CODEC_MEMBER_TABLE_HPP

#include <wxmp/data/at_most_one.hpp>
#include <wxmp/data/body.hpp>
#include <wxmp/data/download.hpp>
#include <wxmp/data/fields.hpp>
#include <wxmp/data/required.hpp>
#include <wxmp/data/secret.hpp>

#include <boost/describe/members.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace wxmp::inline v0_1 {

/// A struct described by `BOOST_DESCRIBE_STRUCT`, which gives it a JSON form.
template <class T>
concept described = boost::describe::has_describe_members<T>::value && std::is_aggregate_v<T>;

namespace detail {

// How a member is encoded. Only `value` and `secret_value` have a JSON form.
enum class member_kind : std::uint8_t { value, file, octets, download, unknown, secret_value };

// One member of a described struct, as data. Every loop over members, in every direction, walks these.
struct member {
    std::string_view name;
    std::uint64_t bit;  // identifies it within its table
    member_kind kind;
    bool required;
    void* (*at)(void* object);

    const void* in(const void* object) const { return at(const_cast<void*>(object)); }
    constexpr bool has_json() const noexcept {
        return kind == member_kind::value || kind == member_kind::secret_value;
    }
};

// The name on the wire is the member's, less one trailing underscore (`delete_` is sent as `delete`).
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

template <class M> struct without_required { using type = M; };
template <class M> struct without_required<required<M>> { using type = M; };

// The type of the member that a descriptor of T describes.
template <class T, class Descriptor>
using member_type =
    typename without_required<std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>>::type;

template <class T, class Descriptor> consteval member describe_member() {
    using M = member_type<T, Descriptor>;
    constexpr auto kind = kind_of<M>;
    const auto at = [](void* object) -> void* {
        M& value = static_cast<T*>(object)->*Descriptor::pointer;
        return &value;
    };
    return {wire_name(Descriptor::name), 0, kind, !is_optional<M> && kind != member_kind::unknown, at};
}

// The members of a struct, as constants of type Member; refers to a constant array.
template <class Member> class table {
public:
    template <std::size_t N>
    explicit consteval table(const std::array<Member, N>& all) : begin_(all.data()), end_(all.data() + N) {
        static_assert(N <= 64, "a bit tells of each member that it was read");
        for (const auto& m : all) {
            if (m.has_json()) with_json_ |= m.bit;
            if (m.has_json() && m.required) required_ |= m.bit;
            if (m.kind == member_kind::unknown) unknown_ = &m;
        }
    }

    constexpr const Member* begin() const noexcept { return begin_; }
    constexpr const Member* end() const noexcept { return end_; }
    consteval std::size_t size() const noexcept { return static_cast<std::size_t>(end_ - begin_); }
    constexpr const Member& operator[](std::size_t i) const noexcept { return begin_[i]; }

    // The bits of members that have a JSON form, and of those that are required.
    constexpr std::uint64_t with_json() const noexcept { return with_json_; }
    constexpr std::uint64_t required() const noexcept { return required_; }

    // The member that keeps what the others do not know; null if there is none.
    constexpr const Member* unknown() const noexcept { return unknown_; }

private:
    const Member* begin_;
    const Member* end_;
    std::uint64_t with_json_ = 0;
    std::uint64_t required_ = 0;
    const Member* unknown_ = nullptr;
};

// One constant per member, with what `Describe` adds to its description.
template <class Describe, template <class...> class List, class... D> consteval auto array_of(List<D...>) {
    std::array<typename Describe::type, sizeof...(D)> all{Describe::template of<D>...};
    for (std::size_t i = 0; i != all.size(); ++i) all[i].bit = std::uint64_t{1} << i;
    return all;
}
template <class T>
using descriptors =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T> struct describe_only {
    using type = member;
    template <class D> static constexpr member of = describe_member<T, D>();
};
template <class T> inline constexpr auto array_of_members = array_of<describe_only<T>>(descriptors<T>{});

using member_table = table<member>;

// The members of T as described, inherited ones first.
template <class T> inline constexpr member_table members{array_of_members<T>};

template <class Member>
constexpr const Member* find_member(const table<Member>& all, std::string_view name) noexcept {
    for (const auto& m : all)
        if (m.name == name) return &m;
    return nullptr;
}

template <class Member> consteval std::size_t count_of_json_members(const table<Member>& all) noexcept {
    std::size_t n = 0;
    for (const auto& m : all) n += m.has_json();
    return n;
}

// Members that are not sent in the object but in the query.
using member_names = std::span<const std::string_view>;

inline bool is_among(member_names names, std::string_view name) noexcept {
    for (const auto& n : names)
        if (n == name) return true;
    return false;
}

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
