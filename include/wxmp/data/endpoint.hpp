// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_ENDPOINT_HPP
#define WXMP_DATA_ENDPOINT_HPP

#include <wxmp/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wxmp::inline v0_1 {

/// The HTTP methods that the service uses.
enum class method : std::uint8_t { get, post };

/// How the request members that are not in the query are sent.
enum class payload : std::uint8_t {
    none,    ///< no body; a POST is sent empty
    json,    ///< one JSON object
    form,    ///< multipart/form-data, one part per member
    octets,  ///< the bytes of the one member of type `http::body`
};

/** How an operation is sent: everything about it but the values of its members.

    Create one with @ref get, @ref post_json, @ref post_form, @ref post_octets or @ref post_empty, and refine
    it with the members that return a modified copy. A mistake is a compile error.
*/
struct endpoint {
    method verb{};                                     ///< the HTTP method
    std::string_view path;                             ///< starts with '/', without query
    payload body{};                                    ///< format of the body
    std::string_view action_name;                      ///< value of the query parameter `action`, or empty
    std::string_view query_members[3] = {{}, {}, {}};  ///< request members sent in the query
    bool needs_token = true;                           ///< whether `access_token` is in the query
    bool is_idempotent{};                              ///< safe to repeat if the response was lost

    std::string_view success_member;  ///< `errcode` or `ret` if a success has it, with value 0; or empty

    /// A GET: all request members are sent in the query. Safe to repeat.
    static consteval endpoint get(std::string_view path);

    /// A POST of one JSON object.
    static consteval endpoint post_json(std::string_view path);

    /// A POST of multipart/form-data.
    static consteval endpoint post_form(std::string_view path);

    /// A POST of raw bytes.
    static consteval endpoint post_octets(std::string_view path);

    /// A POST without a body: all request members are sent in the query.
    static consteval endpoint post_empty(std::string_view path);

    /// Adds `action=name` to the query, for operations that share a path.
    consteval endpoint action(std::string_view name) const;

    /// Sends these request members in the query, in this order; at most three.
    template <class... Names> consteval endpoint query(Names... names) const {
        endpoint e = *this;
        std::size_t i = 0;
        ((e.query_members[i++] = names), ...);
        return e;
    }

    /// Marks the operation as safe to repeat.
    consteval endpoint idempotent() const;

    /// Marks the operation as taking no access token.
    consteval endpoint without_token() const;

    /// Declares that a successful response has a 0 in `member`: `errcode` or `ret`.
    consteval endpoint zero_in(std::string_view member) const;

    /// Whether the request member `name` is sent in the query; always true without a body.
    [[nodiscard]] constexpr bool in_query(std::string_view name) const noexcept {
        if (body == payload::none) return true;
        for (const auto& q : query_members)
            if (q == name) return true;
        return false;
    }
};

consteval endpoint endpoint::action(std::string_view name) const {
    endpoint e = *this;
    e.action_name = name;
    return e;
}

consteval endpoint endpoint::idempotent() const {
    endpoint e = *this;
    e.is_idempotent = true;
    return e;
}

consteval endpoint endpoint::without_token() const {
    endpoint e = *this;
    e.needs_token = false;
    return e;
}

consteval endpoint endpoint::zero_in(std::string_view member) const {
    endpoint e = *this;
    e.success_member = member;
    return e;
}

namespace detail {

// Not constexpr, so calling it at compile time is an error that shows its name. Never defined.
void an_endpoint_path_starts_with_a_slash_and_has_no_query_fragment_or_space();

consteval endpoint make_endpoint(method verb, std::string_view path, payload body) {
    if (!path.starts_with('/') || path.find_first_of("?# ") != path.npos)
        an_endpoint_path_starts_with_a_slash_and_has_no_query_fragment_or_space();
    endpoint e;
    e.verb = verb;
    e.path = path;
    e.body = body;
    return e;
}

}  // namespace detail

consteval endpoint endpoint::get(std::string_view path) {
    return detail::make_endpoint(method::get, path, payload::none).idempotent();
}
consteval endpoint endpoint::post_json(std::string_view path) {
    return detail::make_endpoint(method::post, path, payload::json);
}
consteval endpoint endpoint::post_form(std::string_view path) {
    return detail::make_endpoint(method::post, path, payload::form);
}
consteval endpoint endpoint::post_octets(std::string_view path) {
    return detail::make_endpoint(method::post, path, payload::octets);
}
consteval endpoint endpoint::post_empty(std::string_view path) {
    return detail::make_endpoint(method::post, path, payload::none);
}

}  // namespace wxmp::inline v0_1

#endif
