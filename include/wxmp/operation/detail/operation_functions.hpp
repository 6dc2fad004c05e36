// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_DETAIL_OPERATION_FUNCTIONS_HPP
#define WXMP_OPERATION_DETAIL_OPERATION_FUNCTIONS_HPP

#include <wxmp/codec/members.hpp>
#include <wxmp/data/endpoint.hpp>
#include <wxmp/data/http.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/detail/compiled.hpp>
#include <wxmp/error/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wxmp::inline v0_1 {

struct options;

namespace detail {

// A request, without its type.
struct request_type {
    const endpoint& at;
    writer_table table;
    void (*check)(const void* op, checker&);  // null: nothing to check
    bool may_bring_file;                      // in the response
};

// A response, without its type.
struct answer_type {
    reader_table table;
    member_names discriminators;  // for alternatives: the members that tell them apart
    bool is_alternatives;
    void (*become_file)(void* answer, http::download&&);  // null: it is never a file
    std::string_view submitted_before;  // in an errmsg, means errc::already_submitted; else empty
};

// What wxmp/src.hpp compiles of this layer.
struct operation_functions {
    options (*default_options)();
    std::uint64_t (*random_bits)();
    error (*refused_request)(const std::string& request, const violation&);
    std::optional<error> (*find_violation)(const endpoint&, const checker&);
    std::optional<error> (*prepare)(const request_type&, void* op, const options&, http::request& out);
    void (*authorize)(http::request&, const secret& access_token);
    std::optional<error> (*complete)(const answer_type&, void* answer, http::response&&, const options&,
                                     const std::optional<error>& refusal);
    std::optional<error> (*api_error_of)(const http::response&);
};

// Random numbers from the system.
inline std::uint64_t random_bits() { return compiled.operation.random_bits(); }

// The error of a request that is not sent, in one shape: `REQUEST: MEMBER is wrong; it must be right`.
inline error refused_request(const std::string& request, const violation& v) {
    return compiled.operation.refused_request(request, v);
}

}  // namespace detail

}  // namespace wxmp::inline v0_1

#endif
