// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_FLOW_LOGGED_STORE_HPP
#define WXMP_TESTS_FLOW_LOGGED_STORE_HPP

#include <wxmp/transport/memory_token_store.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace wxmp_test {

// A store that keeps a log of what was committed, and that can be down.
struct logged_store {
    wxmp::memory_token_store inner{};
    std::vector<std::uint64_t> committed{};
    std::vector<std::uint64_t> leased{};
    int loads{};
    bool down{};

    wxmp::error fault() const { return wxmp::error(wxmp::errc::store_failed, "store"); }
    wxmp::result<std::optional<wxmp::token_record>> load() {
        ++loads;
        if (down) return fault();
        return inner.load();
    }
    wxmp::result<std::optional<std::uint64_t>> try_lease(wxmp::time_point now,
                                                         std::chrono::milliseconds time) {
        if (down) return fault();
        auto fence = inner.try_lease(now, time);
        if (fence && *fence) leased.push_back(**fence);
        return fence;
    }
    wxmp::result<bool> commit(const wxmp::token_record& r) {
        if (down) return fault();
        auto kept = inner.commit(r);
        if (kept && *kept) committed.push_back(r.fence);
        return kept;
    }
    wxmp::result<void> release(std::uint64_t fence) {
        if (down) return fault();
        return inner.release(fence);
    }
    wxmp::result<void> invalidate(const wxmp::secret& t) {
        if (down) return fault();
        return inner.invalidate(t);
    }
};

}  // namespace wxmp_test

#endif
