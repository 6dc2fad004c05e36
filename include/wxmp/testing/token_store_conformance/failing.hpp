// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TOKEN_STORE_CONFORMANCE_FAILING_HPP
#define WXMP_TESTING_TOKEN_STORE_CONFORMANCE_FAILING_HPP

#include <wxmp/testing/token_store_conformance/trial.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

// How a store behaves when its server fails.
namespace wxmp::inline v0_1::testing::detail {

inline constexpr auto no_cut = "no hook store_server::cut";
inline constexpr auto no_freeze = "no hooks store_server::freeze and thaw";
inline constexpr auto no_restart = "no hook store_server::restart";

// One request of each kind, as from the holder of this fence.
inline std::vector<store_request> all_requests(std::uint64_t fence) {
    return {load_token(), lease_token{short_lease},
            commit_token{{secret(token_canary + "-next"), fence, 2 * hour, hour}}, release_token{fence},
            invalidate_token{secret(token_canary)}};
}

// The store must be usable after a failed step, whatever that step did.
inline void works_again(store_trial& t, holder& a, std::uint64_t fence) {
    t.expect(t.until_true([&] { return a.store().ask(release_token{fence}).has_value(); }),
             "after the failure, it did not work again");
    const auto next = a.wait_for_lease();
    t.expect(next > fence, "after the failure, a fence was not larger");
    t.expect(a.commit(next, "after"), "after the failure, a commit was refused");
    t.expect(a.token() == "after", "after the failure, the record is not the one committed last");
    a.release(next);
}

// ---- Lost connections

// A store may retry where that is safe.
inline void expect_failure_or_answer(store_trial& t, const result<store_answer>& r) {
    t.expect(r || r.error() == errc::store_failed,
             "it failed with: " + (r ? std::string() : r.error().code().message()) +
                 "; expected: " + make_error_code(errc::store_failed).message());
}

inline void survives_a_loss(store_trial& t, std::size_t which) {
    if (!t.server().cut) return t.not_applicable(no_cut);
    holder a(t);
    for (int round = 0; round != 4; ++round) {
        const auto fence = a.wait_for_lease();
        a.commit(fence, token_canary);
        // A lease is only granted while none is held.
        if (which == 1) a.release(fence);
        t.server().cut();
        expect_failure_or_answer(t, a.store().ask(all_requests(fence)[which]));
        works_again(t, a, fence);
    }
}

inline void survives_a_loss_at_a_load(store_trial& t) { survives_a_loss(t, 0); }
inline void survives_a_loss_at_a_lease(store_trial& t) { survives_a_loss(t, 1); }
inline void survives_a_loss_at_a_commit(store_trial& t) { survives_a_loss(t, 2); }
inline void survives_a_loss_at_a_release(store_trial& t) { survives_a_loss(t, 3); }
inline void survives_a_loss_at_an_invalidate(store_trial& t) { survives_a_loss(t, 4); }

inline void a_lost_commit_is_whole_or_nothing(store_trial& t) {
    if (!t.server().cut) return t.not_applicable(no_cut);
    holder a(t), b(t);
    for (int round = 0; round != 4; ++round) {
        const auto old = a.renew("old");
        const auto fence = a.lease();
        t.server().cut();
        static_cast<void>(a.store().ask(commit_token{{secret("new"), fence, 2 * hour, hour}}));
        t.until_true([&] { return b.store().ask(load_token()).has_value(); });
        const auto r = b.load();
        const bool is_old = r && r->token.reveal() == "old" && r->fence == old;
        const bool is_new = r && r->token.reveal() == "new" && r->fence == fence;
        t.expect(is_old || is_new, "the record is neither the old nor the new one");
        b.release(fence);
    }
}

// ---- An unresponsive server

// Freezes the server until the end of this scope, or until the patience runs out.
class silence {
public:
    explicit silence(store_trial& t) : server_(t.server()) {
        server_.freeze();
        thread_ = std::thread([this, patience = t.options().patience] {
            const auto end = std::chrono::steady_clock::now() + patience;
            while (!is_over_ && std::chrono::steady_clock::now() < end)
                std::this_thread::sleep_for(milliseconds(1));
            is_too_long_ = !is_over_;
            server_.thaw();
        });
    }
    silence(const silence&) = delete;
    silence& operator=(const silence&) = delete;
    ~silence() { end(); }

    // Thaws the server; returns whether the patience ran out first.
    bool end() {
        is_over_ = true;
        if (thread_.joinable()) thread_.join();
        return is_too_long_;
    }

private:
    const store_server& server_;
    std::atomic<bool> is_over_{}, is_too_long_{};
    std::thread thread_;
};

inline bool can_be_silent(store_trial& t) {
    if (t.server().freeze && t.server().thaw) return true;
    t.not_applicable(no_freeze);
    return false;
}

inline void gives_up_a_silent_server(store_trial& t) {
    if (!can_be_silent(t)) return;
    holder a(t);
    for (std::size_t which = 0; which != 5; ++which) {
        const auto fence = a.wait_for_lease();
        a.commit(fence, token_canary);
        if (which == 1) a.release(fence);
        silence s(t);
        const auto r = a.store().ask(all_requests(fence)[which]);
        t.expect(!s.end(), "it waited for the silent server without a timeout");
        t.expect(!r && r.error() == errc::store_failed, "it did not fail with errc::store_failed");
        works_again(t, a, fence);
    }
}

// The response to an abandoned command may arrive during the next one.
inline void mixes_no_answers_up(store_trial& t) {
    if (!can_be_silent(t)) return;
    holder a(t), b(t);
    auto last = a.renew("token-0");
    for (int i = 1; i != 4; ++i) {
        silence s(t);
        static_cast<void>(a.store().ask(load_token()));
        s.end();
        t.until_true([&] { return a.store().ask(release_token{last}).has_value(); });
        const auto token = "token-" + std::to_string(i);
        const auto fence = a.renew(token);
        const auto r = a.load();
        t.expect(fence > last && r && r->fence == fence && r->token.reveal() == token,
                 "a response was that of an earlier command");
        last = b.lease();
        t.expect(last > fence, "a released lease was still held");
        b.release(last);
    }
}

inline void is_cancelled_in_a_silence(store_trial& t) {
    holder a(t);
    if (!a.store().can_cancel()) return t.not_applicable("it cannot be cancelled");
    if (!can_be_silent(t)) return;
    const auto fence = a.renew(token_canary);
    silence s(t);
    std::atomic<bool> is_over{};
    // The request may not be in flight yet, so cancel repeatedly.
    std::thread canceller([&] {
        for (; !is_over; a.store().cancel()) std::this_thread::sleep_for(milliseconds(5));
    });
    const auto r = a.store().ask(load_token());
    is_over = true;
    canceller.join();
    t.expect(!s.end(), "it waited for the silent server without a timeout");
    t.expect(!r && r.error() == errc::cancelled, "it did not fail with errc::cancelled");
    works_again(t, a, fence);
}

// ---- A server that restarts

inline void survives_a_restart(store_trial& t) {
    if (!t.server().restart) return t.not_applicable(no_restart);
    holder a(t), b(t);
    const auto old = a.lease(short_lease);
    a.commit(old, "old");
    t.server().restart();
    const auto fence = a.wait_for_lease();
    t.expect(fence > old, "a fence was not larger than those before the restart");
    t.expect(a.commit(fence, "new"), "a commit was refused");
    t.until_true([&] { return b.store().ask(load_token()).has_value(); });
    t.expect(!b.commit(old, "old") && b.token() == "new",
             "a holder from before the restart replaced a newer record");
}

// ---- Secrets

inline void tells_no_token(store_trial& t) {
    std::vector<std::function<void()>> troubles;
    if (t.server().cut) troubles.insert(troubles.end(), 4, t.server().cut);
    if (t.server().restart) troubles.push_back(t.server().restart);
    holder a(t);
    std::size_t errors = 0;
    const auto tell = [&](const store_request& what) {
        const auto r = a.store().ask(what);
        if (r) return;
        ++errors;
        const auto said = r.error().message() + r.error().detail();
        t.expect(said.find(token_canary) == said.npos, "an error contains a token");
    };
    const auto fence = a.renew(token_canary);
    for (const auto& make_trouble : troubles)
        for (const auto& what : all_requests(fence)) {
            make_trouble();
            tell(what);
        }
    if (t.server().freeze && t.server().thaw)
        for (const auto& what : all_requests(fence)) {
            silence s(t);
            tell(what);
        }
    if (errors == 0) t.not_applicable("no request failed");
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
