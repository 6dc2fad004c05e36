// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_ENDPOINT_HPP
#define WXMP_DATA_ENDPOINT_HPP

#include <wxmp/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wxmp {

/// The HTTP methods that the service uses.
enum class method : std::uint8_t { get, post };

/// Where the members of a request that are not in the query travel.
enum class payload : std::uint8_t {
    none,    ///< no body; a POST of this kind is sent empty
    json,    ///< one JSON object
    form,    ///< multipart/form-data, one part a member
    octets,  ///< the bytes of the one member of type `http::body`
};

/** Where an operation goes on the wire: everything that is not one of its members.

    Made by @ref get, @ref post_json, @ref post_form, @ref post_octets or @ref post_empty and refined by
    the members that return a changed copy. All of it happens at compile time; a mistake is a compile error.
*/
struct endpoint {
    method verb{};                                     ///< the HTTP method
    std::string_view path;                             ///< from '/', without query
    payload body{};                                    ///< how the body is formed
    std::string_view action_name;                      ///< value of the query parameter `action`, or empty
    std::string_view query_members[3] = {{}, {}, {}};  ///< request members that travel in the query
    bool needs_token = true;                           ///< whether `access_token` is in the query
    bool is_idempotent{};                              ///< safe to send again when the first answer was lost

    std::string_view success_member;  ///< `errcode` or `ret` where a success carries a 0, or empty

    /// A GET: every request member travels in the query. Safe to send again.
    static consteval endpoint get(std::string_view path);

    /// A POST of one JSON object.
    static consteval endpoint post_json(std::string_view path);

    /// A POST of multipart/form-data.
    static consteval endpoint post_form(std::string_view path);

    /// A POST of raw bytes.
    static consteval endpoint post_octets(std::string_view path);

    /// A POST without a body: every request member travels in the query.
    static consteval endpoint post_empty(std::string_view path);

    /// The same with `action=name` in the query: several operations share one path.
    consteval endpoint action(std::string_view name) const;

    /// The same with these request members in the query, in this order.
    template <class... Names> consteval endpoint query(Names... names) const {
        endpoint e = *this;
        std::size_t i = 0;
        ((e.query_members[i++] = names), ...);
        return e;
    }

    /// The same, marked safe to send again.
    consteval endpoint idempotent() const;

    /// The same for a call that takes no access token.
    consteval endpoint without_token() const;

    /// The same for a call whose success carries a 0 in `member`: `errcode` or `ret`.
    consteval endpoint zero_in(std::string_view member) const;

    /// Whether the request member `name` travels in the query (always, for a call without a body).
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

// Not for compile time, so calling it there is an error that shows its name; there is no definition.
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

}  // namespace wxmp

#endif
