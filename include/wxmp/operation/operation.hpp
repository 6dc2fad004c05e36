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

/** A request value that knows where it goes (`at`) and what comes back (`response`).

    All its members and those of its response are described; those that its endpoint puts into the query
    exist.
*/
template <class Op>
concept operation = described<Op> && described<typename Op::response> && requires {
    { Op::at } -> std::same_as<const endpoint&>;
};

/** What a request breaks of the limits, before anything is sent.

    @return The JSON pointer of the first field at fault, what it has and what it may have; or empty.
*/
template <operation Op> std::string find_violation(const Op& op, const limits& l) {
    checker check(l);
    if constexpr (requires { op.check(check); }) op.check(check);
    return check.finding();
}

namespace detail {

// Under its sanitizers g++ 12 compares no pointer with null at compile time; so these return no pointers.
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

// Where the member is that takes an answer that is no JSON; past the end if there is none.
constexpr std::size_t position_of_download(member_table table) noexcept {
    std::size_t i = 0;
    while (i != table.size() && table[i].kind != member_kind::download) ++i;
    return i;
}

template <class Response>
inline constexpr bool may_be_file = position_of_download(members<Response>) != members<Response>.size();

// The file that an answer may be.
template <class Response> const std::optional<http::download>& file_member(const Response& answer) {
    constexpr auto i = position_of_download(members<Response>);
    return *static_cast<const std::optional<http::download>*>(members<Response>[i].in(&answer));
}
template <class Response> std::optional<http::download>& file_member(Response& answer) {
    return const_cast<std::optional<http::download>&>(file_member(std::as_const(answer)));
}

// What an operation is, without its type: one copy of every loop serves them all.
struct operation_type {
    const endpoint& at;
    member_table table;
    bool may_be_file;  // its answer
};

template <operation Op, unsigned Able>
inline constexpr operation_type type_of{Op::at, members<Op, Able>, may_be_file<typename Op::response>};

}  // namespace detail

}  // namespace wxmp

#endif
