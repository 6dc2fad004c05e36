// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_OPERATION_HPP
#define WXMP_OPERATION_OPERATION_HPP

#include <wxmp/codec/members.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/error/error.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
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

namespace detail {

// The name of a request in an error, such as `draft/update`.
inline std::string name_of(const endpoint& at) {
    constexpr std::string_view root = "/cgi-bin/";
    std::string name(at.path.substr(at.path.starts_with(root) ? root.size() : 1));
    if (!at.action_name.empty()) (name += "?action=") += at.action_name;
    return name;
}

// The error of a request that is not sent, in one shape: `REQUEST: MEMBER is wrong; it must be right`.
inline error refused_request(error_code code, const std::string& request, std::string pointer,
                             std::string_view problem) {
    auto text = request + ": " + pointer.substr(1) + ' ' + std::string(problem);
    return error(code, std::move(text)).with_request_member(std::move(pointer));
}
inline error refused_request(const std::string& request, const violation& v) {
    const auto code = v.is_missing ? errc::missing_member : errc::limit_exceeded;
    return refused_request(make_error_code(code), request, v.member, v.problem);
}

}  // namespace detail

/// Checks a request against the limits. The error of the first member that is missing or outside of them:
/// `errc::missing_member` or `errc::limit_exceeded`.
template <operation Op> std::optional<error> find_violation(const Op& op, const limits& l) {
    checker check(l);
    if constexpr (requires { op.check(check); }) op.check(check);
    if (!check.found()) return std::nullopt;
    return detail::refused_request(detail::name_of(Op::at), *check.found());
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

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
