// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TRANSPORT_DETAIL_CHECK_TOKEN_STORE_HPP
#define WXMP_TRANSPORT_DETAIL_CHECK_TOKEN_STORE_HPP

#include <wxmp/data/detail/member_names.hpp>
#include <wxmp/transport/run.hpp>
#include <wxmp/transport/token_store.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>

namespace wxmp::inline v0_1::detail {

struct named_load {
    int load;
};
template <class S>
concept lacks_load = requires {
    &both<S, named_load>::load;
};

struct named_lease {
    int lease;
};
template <class S>
concept lacks_lease = requires {
    &both<S, named_lease>::lease;
};

struct named_commit {
    int commit;
};
template <class S>
concept lacks_commit = requires {
    &both<S, named_commit>::commit;
};

struct named_release {
    int release;
};
template <class S>
concept lacks_release = requires {
    &both<S, named_release>::release;
};

struct named_invalidate {
    int invalidate;
};
template <class S>
concept lacks_invalidate = requires {
    &both<S, named_invalidate>::invalidate;
};

// What a member returns that answers with a `T`, whether it blocks or is awaited.
template <class R, class S, class T>
concept answer_of = (names_its_task<S> && std::same_as<R, task_of<S, T>>) || std::same_as<R, result<T>>;

template <class S>
concept fits_load = requires(S& s) {
    { s.load() } -> answer_of<S, std::optional<token_record>>;
}
|| requires(S& s, store_handler<std::optional<token_record>> h) {
    { s.load(h) } -> std::same_as<void>;
};

template <class S>
concept fits_lease = requires(S& s, std::chrono::milliseconds time) {
    { s.lease(time) } -> answer_of<S, std::optional<std::uint64_t>>;
}
|| requires(S& s, std::chrono::milliseconds time, store_handler<std::optional<std::uint64_t>> h) {
    { s.lease(time, h) } -> std::same_as<void>;
};

template <class S>
concept fits_commit = requires(S& s, const token_record& r) {
    { s.commit(r) } -> answer_of<S, bool>;
}
|| requires(S& s, const token_record& r, store_handler<bool> h) {
    { s.commit(r, h) } -> std::same_as<void>;
};

template <class S>
concept fits_release = requires(S& s, std::uint64_t fence) {
    { s.release(fence) } -> answer_of<S, void>;
}
|| requires(S& s, std::uint64_t fence, store_handler<void> h) {
    { s.release(fence, h) } -> std::same_as<void>;
};

template <class S>
concept fits_invalidate = requires(S& s, const secret& token) {
    { s.invalidate(token) } -> answer_of<S, void>;
}
|| requires(S& s, const secret& token, store_handler<void> h) {
    { s.invalidate(token, h) } -> std::same_as<void>;
};

// True of a token store; of anything else it says what that lacks.
template <class S> consteval bool check_token_store() {
    if constexpr (token_store<S>) return true;
    else if constexpr (lacks_load<S>)
        static_assert(token_store<S>,
                      "wxmp: this type is no token store: it has no `result<std::optional<token_record>> "
                      "load()`, nor that in another style");
    else if constexpr (lacks_lease<S>)
        static_assert(token_store<S>,
                      "wxmp: this type is no token store: it has no `result<std::optional<std::uint64_t>> "
                      "lease(std::chrono::milliseconds)`, nor that in another style");
    else if constexpr (lacks_commit<S>)
        static_assert(token_store<S>, "wxmp: this type is no token store: it has no `result<bool> "
                                      "commit(const token_record&)`, nor that in another style");
    else if constexpr (lacks_release<S>)
        static_assert(token_store<S>, "wxmp: this type is no token store: it has no `result<void> "
                                      "release(std::uint64_t fence)`, nor that in another style");
    else if constexpr (lacks_invalidate<S>)
        static_assert(token_store<S>, "wxmp: this type is no token store: it has no `result<void> "
                                      "invalidate(const secret&)`, nor that in another style");
    else if constexpr (!fits_load<S>)
        static_assert(
            token_store<S>,
            "wxmp: this type is no token store: its `load` is none of `result<std::optional<token_record>> "
            "load()`, the same as its own `task<...>`, and `void load(auto handler)`");
    else if constexpr (!fits_lease<S>)
        static_assert(token_store<S>,
                      "wxmp: this type is no token store: its `lease` is none of "
                      "`result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds)`, the same as "
                      "its own `task<...>`, and `void lease(std::chrono::milliseconds, auto handler)`");
    else if constexpr (!fits_commit<S>)
        static_assert(token_store<S>, "wxmp: this type is no token store: its `commit` is none of "
                                      "`result<bool> commit(const token_record&)`, the same as its own "
                                      "`task<...>`, and `void commit(const token_record&, auto handler)`");
    else if constexpr (!fits_release<S>)
        static_assert(token_store<S>, "wxmp: this type is no token store: its `release` is none of "
                                      "`result<void> release(std::uint64_t fence)`, the same as its own "
                                      "`task<...>`, and `void release(std::uint64_t fence, auto handler)`");
    else if constexpr (!fits_invalidate<S>)
        static_assert(
            token_store<S>,
            "wxmp: this type is no token store: its `invalidate` is none of `result<void> invalidate(const "
            "secret&)`, the same as its own `task<...>`, and `void invalidate(const secret&, auto handler)`");
    else
        static_assert(token_store<S>,
                      "wxmp: this type is no token store: its members are not all of one style");
    return true;
}

// True if the store can serve the transport; else it says why not.
template <class S, class T> consteval bool check_store_for() {
    if constexpr (store_for<S, T>) return true;
    else if constexpr (!token_store<S>) return check_token_store<S>();
    else if constexpr (blocking_transport<T>)
        static_assert(store_for<S, T>, "wxmp: a blocking transport needs a blocking token store");
    else if constexpr (awaitable_transport<T>)
        static_assert(store_for<S, T>,
                      "wxmp: an awaitable transport needs a token store that is awaitable or blocking");
    else if constexpr (callback_transport<T>)
        static_assert(store_for<S, T>,
                      "wxmp: a callback transport needs a token store that calls back or is blocking");
    return true;
}

}  // namespace wxmp::inline v0_1::detail

#endif
