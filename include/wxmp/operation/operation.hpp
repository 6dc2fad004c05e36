// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_OPERATION_HPP
#define WXMP_OPERATION_OPERATION_HPP

#include <wxmp/codec/members.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/error/error.hpp>
#include <wxmp/operation/detail/operation_functions.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1 {

/** A request type that has its endpoint (`at`) and the type of its response (`response`).

    All its members and those of its response are described; those that its endpoint sends in the query must
    exist.
*/
template <class Op>
concept operation = described<Op> && described<typename Op::response> && requires {
    { Op::at } -> std::same_as<const endpoint&>;
};

/// Checks a request against the limits. The error of the first member that is missing or outside of them:
/// `errc::missing_member` or `errc::limit_exceeded`.
template <operation Op> std::optional<error> find_violation(const Op& op, const limits& l) {
    checker check(l);
    if constexpr (requires { op.check(check); }) op.check(check);
    return detail::compiled.operation.find_violation(Op::at, check);
}

namespace detail {

// With sanitizers, g++ 12 cannot compare pointers with null at compile time, so these return none.
consteval bool has_member(member_table table, std::string_view name) noexcept {
    for (const auto& m : table)
        if (m.name == name) return true;
    return false;
}

consteval bool names_its_members(const endpoint& at, member_table table) noexcept {
    for (const auto& name : at.query_members)
        if (!name.empty() && !has_member(table, name)) return false;
    return true;
}

inline constexpr auto nowhere = ~std::size_t{};

// The index of the member that holds a file, or nowhere.
consteval std::size_t position_of_download(member_table table) noexcept {
    for (std::size_t i = 0; const auto& m : table) {
        if (m.kind == member_kind::download) return i;
        ++i;
    }
    return nowhere;
}

template <class Response>
inline constexpr bool may_be_file = position_of_download(members<Response>) != nowhere;

// The member of a response that holds a file.
template <class Response> const std::optional<http::download>& file_member(const Response& answer) {
    constexpr auto i = position_of_download(members<Response>);
    return *static_cast<const std::optional<http::download>*>(members<Response>[i].in(&answer));
}
template <class Response> std::optional<http::download>& file_member(Response& answer) {
    return const_cast<std::optional<http::download>&>(file_member(std::as_const(answer)));
}

template <class Op> consteval auto checks_of() -> void (*)(const void*, checker&) {
    if constexpr (requires(const Op& op, checker& c) { op.check(c); })
        return [](const void* op, checker& c) { static_cast<const Op*>(op)->check(c); };
    else return nullptr;
}

template <class Response> consteval auto file_taker_of() -> void (*)(void*, http::download&&) {
    if constexpr (may_be_file<Response>)
        return [](void* answer, http::download&& file) {
            auto& out = *static_cast<Response*>(answer);
            out = blank::make<Response>();
            file_member(out) = std::move(file);
        };
    else return nullptr;
}

template <class Op> consteval request_type describe_request() {
    static_assert(names_its_members(Op::at, members<Op>), "the endpoint names a member that is not there");
    return {Op::at, writers<Op>, checks_of<Op>(), may_be_file<typename Op::response>};
}
template <class Op> inline constexpr request_type request_type_of = describe_request<Op>();

template <class Op> consteval answer_type describe_answer() {
    using response = typename Op::response;
    answer_type t{readers<response>, {}, false, file_taker_of<response>(), {}};
    if constexpr (alternatives<response>)
        t.discriminators = response::discriminators, t.is_alternatives = true;
    if constexpr (requires { Op::submitted_before; }) t.submitted_before = Op::submitted_before;
    return t;
}
template <class Op> inline constexpr answer_type answer_type_of = describe_answer<Op>();

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
