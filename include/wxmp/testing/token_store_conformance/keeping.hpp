// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TOKEN_STORE_CONFORMANCE_KEEPING_HPP
#define WXMP_TESTING_TOKEN_STORE_CONFORMANCE_KEEPING_HPP

#include <wxmp/testing/token_store_conformance/trial.hpp>

#include <chrono>
#include <string>

// How a store keeps a record, and what it rejects.
namespace wxmp::inline v0_1::testing::detail {

inline void has_nothing_at_first(store_trial& t) {
    holder a(t);
    t.expect(!a.load(), "a record was found before any commit");
}

inline void keeps_a_record(store_trial& t) {
    holder a(t), b(t);
    const auto fence = a.renew(token_canary);
    for (auto* who : {&a, &b}) {
        const auto r = who->load();
        if (!t.expect(r.has_value(), "no record was found")) return;
        t.expect(r->token.reveal() == token_canary, "the token is not the committed one");
        t.expect(r->fence == fence, "the fence is not the committed one");
        t.expect(hour < r->expires_in && r->expires_in <= 2 * hour, "expires_in is not the committed one");
        t.expect(milliseconds(0) < r->refresh_in && r->refresh_in <= hour,
                 "refresh_in is not the committed one");
    }
}

inline void keeps_any_token(store_trial& t) {
    holder a(t), b(t);
    const std::string all[] = {std::string("\0a\0", 3),
                               "a\r\nb\r\n",
                               "\"'\\`%s%n${x}{}[]$*+-:",
                               " ",
                               "0",
                               "\xff\xfe\x80",
                               "\xe4\xbd\xa0\xe5\xa5\xbd",
                               std::string(5'000, 'x')};
    for (const auto& token : all) {
        a.renew(token);
        t.expect(b.token() == token, "a token came back altered");
        b.invalidate(token);
        t.expect(!a.has_valid_token(), "the token was not invalidated");
    }
}

inline void replaces_a_record(store_trial& t) {
    holder a(t), b(t);
    a.renew("first");
    const auto fence = b.renew("second");
    const auto r = a.load();
    t.expect(r && r->token.reveal() == "second" && r->fence == fence,
             "the record is not the one committed last");
}

inline void keeps_accounts_apart(store_trial& t) {
    holder a(t), other(t, "-other");
    const auto fence = a.lease();
    a.commit(fence, "token");
    t.expect(!other.load(), "the record of another account was found");
    t.expect(other.lease() != 0, "the lease of one account blocked that of another");
}

// ---- Time

inline void counts_down(store_trial& t) {
    holder a(t);
    const auto fence = a.lease();
    a.commit(fence, "token", hour, hour / 2);
    t.sleep(milliseconds(100));
    const auto r = a.load();
    if (!t.expect(r.has_value(), "no record was found")) return;
    t.expect(r->expires_in <= hour - milliseconds(50), "expires_in did not decrease");
    t.expect(r->refresh_in <= hour / 2 - milliseconds(50), "refresh_in did not decrease");
    t.expect(r->refresh_in.count() > 0, "refresh_in is already over");
}

inline void tells_that_a_record_is_over(store_trial& t) {
    holder a(t);
    a.commit(a.lease(), "token", milliseconds(20), milliseconds(10));
    t.sleep(milliseconds(60));
    t.expect(!a.has_valid_token(), "the token is valid longer than expires_in");
}

inline void takes_any_duration(store_trial& t) {
    constexpr milliseconds most = milliseconds::max(), least = milliseconds::min();
    holder a(t), b(t);
    for (const auto expires_in : {least, -hour, milliseconds(-1), milliseconds(0), hour, most})
        for (const auto refresh_in : {least, milliseconds(0), hour, most}) {
            const auto fence = a.lease();
            t.expect(a.commit(fence, "token", expires_in, refresh_in), "a commit was refused");
            t.expect(b.has_valid_token() == (expires_in.count() > 0),
                     "a token with an extreme expires_in is valid when it should not be, or invalid");
            a.release(fence);
        }
    const auto held = a.lease(most);
    t.expect(held != 0 && b.lease() == 0, "a lease of the longest duration did not hold");
    a.release(held);
    for (const auto time : {least, milliseconds(-1), milliseconds(0)}) {
        a.lease(time);
        t.expect(b.wait_for_lease(milliseconds(1)) > held, "a lease without duration did not end");
        a.release(a.wait_for_lease());
    }
    b.renew("last");
    t.expect(a.token() == "last" && a.has_valid_token(), "after extreme durations, a commit was not kept");
}

// ---- Fences

inline void refuses_an_equal_fence(store_trial& t) {
    holder a(t), b(t);
    const auto fence = a.renew("first");
    t.expect(!b.commit(fence, "second"), "a commit with the same fence was accepted");
    t.expect(a.token() == "first", "the record was replaced");
}

inline void refuses_an_older_fence(store_trial& t) {
    holder a(t), b(t);
    const auto old = a.lease();
    a.release(old);
    b.renew("new");
    t.expect(!a.commit(old, "old"), "a commit with an older fence was accepted");
    t.expect(b.token() == "new", "the record was replaced");
}

// ---- Invalidating

inline void invalidates_the_token(store_trial& t) {
    holder a(t), b(t);
    a.renew(token_canary);
    b.invalidate(token_canary);
    t.expect(!a.has_valid_token(), "the token is still valid");
    b.invalidate(token_canary);
    a.renew("next");
    t.expect(b.has_valid_token() && b.token() == "next", "the token committed next is not valid");
}

inline void invalidates_no_other_token(store_trial& t) {
    holder a(t), b(t);
    a.invalidate("none is there");
    const auto old = a.renew("old");
    a.renew("new");
    for (const auto* other : {"old", "ne", "new ", "NEW", ""}) b.invalidate(other);
    t.expect(a.has_valid_token() && a.token() == "new", "another token was invalidated");
    a.invalidate("new");
    t.expect(!b.commit(old, "old"), "after an invalidate, a commit with an older fence was accepted");
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
