// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_FLOW_LOGGED_STORE_HPP
#define WXMP_TESTS_FLOW_LOGGED_STORE_HPP

#include <wxmp/transport/memory_token_store.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace wxmp_test {

// A store that keeps a log of what was committed, and that can be down.
struct logged_store {
    explicit logged_store(wxmp::memory_token_store::clock c) : inner(std::move(c)) {}

    wxmp::memory_token_store inner;
    std::vector<std::uint64_t> committed{};
    std::vector<std::uint64_t> leased{};
    int loads{};
    int asked{};  // for anything
    bool down{};

    wxmp::result<std::optional<wxmp::token_record>> load() {
        ++loads;
        return ask([&] { return inner.load(); });
    }
    wxmp::result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds time) {
        auto fence = ask([&] { return inner.lease(time); });
        if (fence && *fence) leased.push_back(**fence);
        return fence;
    }
    wxmp::result<bool> commit(const wxmp::token_record& r) {
        auto kept = ask([&] { return inner.commit(r); });
        if (kept && *kept) committed.push_back(r.fence);
        return kept;
    }
    wxmp::result<void> release(std::uint64_t fence) {
        return ask([&] { return inner.release(fence); });
    }
    wxmp::result<void> invalidate(const wxmp::secret& t) {
        return ask([&] { return inner.invalidate(t); });
    }

private:
    template <class F> std::invoke_result_t<F> ask(F f) {
        ++asked;
        if (down) return wxmp::error(wxmp::errc::store_failed, "store");
        return f();
    }
};

}  // namespace wxmp_test

#endif
