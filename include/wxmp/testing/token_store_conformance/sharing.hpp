// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TOKEN_STORE_CONFORMANCE_SHARING_HPP
#define WXMP_TESTING_TOKEN_STORE_CONFORMANCE_SHARING_HPP

#include <wxmp/testing/token_store_conformance/trial.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

// Leases, and how their holders interfere.
namespace wxmp::inline v0_1::testing::detail {

inline void gives_a_lease_to_one(store_trial& t) {
    holder a(t), b(t);
    t.expect(a.lease() != 0, "no lease was granted");
    t.expect(b.lease() == 0, "a second store got the lease too");
    t.expect(a.lease() == 0, "the holder got a second lease");
}

inline void takes_a_lease_back(store_trial& t) {
    holder a(t), b(t);
    const auto fence = a.lease();
    a.release(fence);
    t.expect(b.lease() > fence, "no lease with a larger fence was granted after the release");
}

inline void ends_a_lease(store_trial& t) {
    holder a(t), b(t);
    const auto fence = a.lease(short_lease);
    t.expect(b.wait_for_lease() > fence, "the next fence was not larger");
}

inline void fences_ascend(store_trial& t) {
    holder a(t), b(t);
    std::uint64_t last = 0;
    for (int i = 0; i != 20; ++i) {
        auto& who = i % 2 ? a : b;
        const auto fence = i % 5 == 4 ? who.wait_for_lease(milliseconds(1)) : who.wait_for_lease();
        t.expect(fence > last, "a fence was not larger than the one before");
        last = fence;
        if (i % 3 == 0) who.commit(fence, "token");
        if (i % 5 != 4) who.release(fence);
    }
}

inline void releases_no_other_lease(store_trial& t) {
    holder a(t), b(t);
    const auto fence = a.lease();
    for (const auto other :
         {fence - 1, fence + 1, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()})
        b.release(other);
    t.expect(b.lease() == 0, "releasing another fence released the lease");
}

inline void releases_no_later_lease(store_trial& t) {
    holder a(t), b(t);
    const auto old = a.lease(short_lease);
    const auto held = b.wait_for_lease();
    a.release(old);
    t.expect(a.lease() == 0, "releasing an expired lease released the one after it");
    b.release(held);
    b.release(held);
    t.expect(a.lease() != 0, "the holder could not release its lease");
}

inline void a_late_commit_does_not_replace_a_newer_one(store_trial& t) {
    holder a(t), b(t);
    const auto old = a.lease(short_lease);
    const auto held = b.wait_for_lease();
    t.expect(b.commit(held, "new"), "the commit of the newer holder was refused");
    t.expect(!a.commit(old, "old"), "the late commit of the older holder was accepted");
    t.expect(a.token() == "new", "the record was replaced");
}

inline void a_late_commit_is_kept_where_none_is_newer(store_trial& t) {
    holder a(t), b(t);
    const auto old = a.lease(short_lease);
    const auto held = b.wait_for_lease();
    t.expect(a.commit(old, "old") && b.token() == "old",
             "the late commit was refused, though no record is newer");
    t.expect(b.commit(held, "new") && a.token() == "new", "the commit of the newer holder was refused");
}

// Several stores race for the lease, many times.
inline void gives_a_lease_to_one_of_many(store_trial& t) {
    constexpr std::size_t many = 4;
    std::vector<std::unique_ptr<store_subject>> stores;
    for (std::size_t i = 0; i != many; ++i) stores.push_back(t.store());
    holder referee(t);
    for (int round = 0; round != 20; ++round) {
        std::atomic<std::size_t> ready{};
        std::array<std::uint64_t, many> fences{};
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i != many; ++i)
            threads.emplace_back([&, i] {
                for (++ready; ready != many;) std::this_thread::yield();
                const auto a = stores[i]->ask(lease_token{hour});
                fences[i] = a ? a->fence : 0;
            });
        for (auto& one : threads) one.join();
        const auto got = many - static_cast<std::size_t>(std::count(fences.begin(), fences.end(), 0u));
        if (!t.expect(got == 1, std::to_string(got) + " stores got the lease at the same time; expected 1"))
            return;
        referee.release(*std::max_element(fences.begin(), fences.end()));
    }
}

// Two holders take random steps; a small model knows the expected results.
inline void two_holders_agree_on_everything(store_trial& t) {
    struct kept {
        std::string token;
        std::uint64_t fence;
        bool is_valid;
    };
    std::optional<kept> record;
    std::vector<std::uint64_t> fences;
    std::uint64_t held = 0;
    std::uint32_t seed = 1;
    const auto dice = [&seed](std::size_t sides) {
        seed = seed * 1'664'525 + 1'013'904'223;
        return std::size_t{seed >> 8} % sides;
    };
    // One of the last three fences, often the newest.
    const auto a_fence = [&] {
        return fences[fences.size() - 1 - dice(std::min<std::size_t>(fences.size(), 3))];
    };

    holder both[] = {holder(t), holder(t)};
    fences.push_back(held = both[0].lease());
    for (int i = 0; i != 300; ++i) {
        auto& who = both[dice(2)];
        const auto what = dice(5);
        if (what == 0) {
            const auto fence = who.lease();
            t.expect((fence != 0) == (held == 0),
                     "a lease was granted while one was held, or refused while none was");
            t.expect(fence == 0 || fence > fences.back(), "a fence was not larger than the one before");
            if (fence != 0) fences.push_back(held = fence);
        } else if (what == 1) {
            const auto fence = a_fence();
            const auto token = "token-" + std::to_string(i);
            const bool is_newer = !record || record->fence < fence;
            t.expect(who.commit(fence, token) == is_newer,
                     "a commit with an old fence was accepted, or one with a new fence refused");
            if (is_newer) record = kept{token, fence, true};
        } else if (what == 2) {
            const auto fence = a_fence();
            who.release(fence);
            if (fence == held) held = 0;
        } else if (what == 3) {
            const bool is_other = dice(2) == 0 || !record;
            who.invalidate(is_other ? "another" : record->token);
            if (!is_other) record->is_valid = false;
        } else {
            const auto r = who.load();
            t.expect(r.has_value() == record.has_value(),
                     "a record was found before any commit, or none after one");
            if (!r || !record) continue;
            t.expect(r->token.reveal() == record->token && r->fence == record->fence,
                     "the record is not the one committed last");
            t.expect((r->expires_in.count() > 0) == record->is_valid,
                     "the record is valid after an invalidate, or invalid without one");
        }
    }
}

}  // namespace wxmp::inline v0_1::testing::detail

#endif
