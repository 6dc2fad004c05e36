// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_OPERATION_HPP
#define WXMP_OPERATION_OPERATION_HPP

#include <wxmp/codec/members.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp {

/** A request type that has its endpoint (`at`) and the type of its response (`response`).

    All its members and those of its response are described; those that its endpoint sends in the query must
    exist.
*/
template <class Op>
concept operation = described<Op> && described<typename Op::response> && requires {
    { Op::at } -> std::same_as<const endpoint&>;
};

/** Checks a request against the limits.

    @return The first violation: JSON pointer of the field, its value and the limit; empty if there is none.
*/
template <operation Op> std::string find_violation(const Op& op, const limits& l) {
    checker check(l);
    if constexpr (requires { op.check(check); }) op.check(check);
    return check.finding();
}

namespace detail {

// With sanitizers, g++ 12 cannot compare pointers with null at compile time, so these return none.
constexpr bool has_member(member_table table, std::string_view name) noexcept {
    for (const auto& m : table)
        if (m.name == name) return true;
    return false;
}

constexpr bool names_its_members(const endpoint& at, member_table table) noexcept {
    for (const auto& name : at.query_members)
        if (!name.empty() && !has_member(table, name)) return false;
    return true;
}

// The index of the member that holds a file; the size of the table if there is none.
constexpr std::size_t position_of_download(member_table table) noexcept {
    std::size_t i = 0;
    while (i != table.size() && table[i].kind != member_kind::download) ++i;
    return i;
}

template <class Response>
inline constexpr bool may_be_file = position_of_download(members<Response>) != members<Response>.size();

// The member of a response that holds a file.
template <class Response> const std::optional<http::download>& file_member(const Response& answer) {
    constexpr auto i = position_of_download(members<Response>);
    return *static_cast<const std::optional<http::download>*>(members<Response>[i].in(&answer));
}
template <class Response> std::optional<http::download>& file_member(Response& answer) {
    return const_cast<std::optional<http::download>&>(file_member(std::as_const(answer)));
}

// Type-erased description of an operation: one copy of each loop serves all types.
struct operation_type {
    const endpoint& at;
    member_table table;
    bool may_be_file;  // the response
};

template <operation Op, unsigned Able>
inline constexpr operation_type type_of{Op::at, members<Op, Able>, may_be_file<typename Op::response>};

}  // namespace detail

}  // namespace wxmp

#endif
