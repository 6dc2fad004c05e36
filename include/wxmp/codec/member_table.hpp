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
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
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

// The types of most members, which are read and written without a call for each.
using usual_types = boost::mp11::mp_list<std::string, std::optional<std::string>, flag, std::optional<flag>,
                                         std::int32_t, std::uint32_t, std::uint64_t, std::chrono::sys_seconds,
                                         std::optional<std::chrono::sys_seconds>>;
template <class M>
constexpr auto usual_type_of = static_cast<std::uint8_t>(boost::mp11::mp_find<usual_types, M>::value);

// Calls `visit` with a value of the type with this index, and returns what that returns; else false.
template <class... T, class Visit>
[[gnu::always_inline]] inline bool visit_usual(boost::mp11::mp_list<T...>, std::uint8_t type, void* v,
                                               Visit visit) {
    bool done = false;
    std::uint8_t i = 0;
    (void)((type == i++ && (done = visit(*static_cast<T*>(v)), true)) || ...);
    return done;
}

// One member of a described struct, as data. Every loop over members, in every direction, walks these.
struct member {
    std::string_view name;
    std::uint64_t bit;  // identifies it within its table
    member_kind kind;
    std::uint8_t type;  // its index among the usual ones
    bool required;
    void* (*at)(void* object);

    template <class T, class Descriptor> static consteval member of();

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

template <class T, class Descriptor> consteval member member::of() {
    using M = member_type<T, Descriptor>;
    constexpr auto kind = kind_of<M>;
    const auto at = [](void* object) -> void* {
        M& value = static_cast<T*>(object)->*Descriptor::pointer;
        return &value;
    };
    constexpr bool required = !is_optional<M> && kind != member_kind::unknown;
    return {wire_name(Descriptor::name), 0, kind, usual_type_of<M>, required, at};
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

template <class T>
using descriptors =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

// g++ 12 calls what only the compiler runs at once where it makes a constant, and elsewhere not at all.
template <class Member, class T, class D> inline constexpr Member member_of = Member::template of<T, D>();
template <class Member, class T, template <class...> class List, class... D>
consteval auto array_of(List<D...>) {
    std::array<Member, sizeof...(D)> all{member_of<Member, T, D>...};
    for (std::size_t i = 0; i != all.size(); ++i) all[i].bit = std::uint64_t{1} << i;
    return all;
}
template <class Member, class T>
inline constexpr auto array_of_members = array_of<Member, T>(descriptors<T>{});

// The members of T as described, inherited ones first, as constants of type Member.
template <class Member, class T> inline constexpr table<Member> table_of{array_of_members<Member, T>};

using member_table = table<member>;
template <class T> inline constexpr const member_table& members = table_of<member, T>;

template <class Member>
constexpr const Member* find_member(const table<Member>& all, std::string_view name) noexcept {
    for (const auto& m : all)
        if (m.name == name) return &m;
    return nullptr;
}

// Members that are not sent in the object but in the query.
using member_names = std::span<const std::string_view>;

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
