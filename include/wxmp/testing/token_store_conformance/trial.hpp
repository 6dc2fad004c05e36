// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TOKEN_STORE_CONFORMANCE_TRIAL_HPP
#define WXMP_TESTING_TOKEN_STORE_CONFORMANCE_TRIAL_HPP

#include <wxmp/testing/conformance_report.hpp>
#include <wxmp/testing/token_store_conformance/subject.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// Hooks that inject faults into the stores' server. All optional; a check without its hook does not apply.
struct store_server {
    /// Drops the connections: at once, or at the next command, before or after the server executes it. May
    /// vary from call to call; must not affect later commands.
    std::function<void()> cut{};
    std::function<void()> freeze{};   ///< stops responding, with connections open,
    std::function<void()> thaw{};     ///< until this call
    std::function<void()> restart{};  ///< restarts and waits until ready; may lose all data
};

/// Options of a run of the suite.
struct store_conformance_options {
    /// Names of the checks to run; empty: all.
    std::vector<std::string> only{};

    /// Hooks that inject faults into the server.
    store_server server{};

    /// How long to wait for a store that ignores its timeout. Must be longer than that timeout.
    std::chrono::milliseconds patience = std::chrono::seconds(20);

    /// Sleeps. Replace it for a store with a virtual clock.
    std::function<void(std::chrono::milliseconds)> sleep = [](std::chrono::milliseconds d) {
        std::this_thread::sleep_for(d);
    };
};

namespace detail {

using std::chrono::milliseconds;

inline const std::string token_canary = "CANARY-dont-tell";
inline constexpr milliseconds hour = std::chrono::hours(1);
inline constexpr milliseconds short_lease{50};

// A running check: makes stores and records failures.
class store_trial : public check_notes {
public:
    store_trial(const store_factory& make, const store_conformance_options& o)
        : make_(make), options_(o), account_("conformance-" + random_name()) {}

    [[nodiscard]] const store_conformance_options& options() const { return options_; }
    [[nodiscard]] const store_server& server() const { return options_.server; }

    // Another store of an account that only this check uses.
    [[nodiscard]] std::unique_ptr<store_subject> store(const std::string& which = {}) const {
        return make_(account_ + which);
    }

    void sleep(milliseconds d) const { options_.sleep(d); }

    // Calls `f` until it returns something true or the patience runs out.
    template <class F> auto until_true(F f) const {
        auto got = f();
        for (milliseconds waited{}; !got && waited < options_.patience; waited += milliseconds(5)) {
            sleep(milliseconds(5));
            got = f();
        }
        return got;
    }

    // The store's answer; an error is recorded as a failure and gives nothing.
    std::optional<store_answer> must(result<store_answer> r, std::string_view what) {
        if (r) return *std::move(r);
        expect(false, std::string(what) + " failed: " + r.error().code().message());
        return std::nullopt;
    }

private:
    static std::string random_name() {
        std::random_device dice;
        return std::to_string(dice()) + "-" + std::to_string(dice());
    }

    const store_factory& make_;
    const store_conformance_options& options_;
    std::string account_;
};

// A client of the shared storage, with its own store. Its steps must succeed.
class holder {
public:
    explicit holder(store_trial& t, const std::string& which = {}) : trial_(t), store_(t.store(which)) {}

    [[nodiscard]] store_subject& store() const { return *store_; }

    std::optional<token_record> load() {
        auto a = trial_.must(store_->ask(load_token()), "a load");
        return a ? std::move(a->record) : std::nullopt;
    }

    // The stored token, or empty.
    std::string token() {
        const auto r = load();
        return r ? r->token.reveal() : std::string();
    }

    bool has_valid_token() {
        const auto r = load();
        return r && r->expires_in.count() > 0;
    }

    // The fence; 0 while the lease is held, by another store or this one.
    std::uint64_t lease(milliseconds time = hour) {
        const auto a = trial_.must(store_->ask(lease_token{time}), "a lease");
        return a ? a->fence : 0;
    }

    // Retries until it gets the lease, despite errors.
    std::uint64_t wait_for_lease(milliseconds time = hour) {
        const auto fence = trial_.until_true([&] {
            const auto a = store_->ask(lease_token{time});
            return a ? a->fence : 0;
        });
        trial_.expect(fence != 0, "no lease was granted in time");
        return fence;
    }

    bool commit(std::uint64_t fence, const std::string& token, milliseconds expires_in = 2 * hour,
                milliseconds refresh_in = hour) {
        const auto a = trial_.must(store_->ask(commit_token{{secret(token), fence, expires_in, refresh_in}}),
                                   "a commit");
        return a && a->committed;
    }

    void release(std::uint64_t fence) { trial_.must(store_->ask(release_token{fence}), "a release"); }

    void invalidate(const std::string& token) {
        trial_.must(store_->ask(invalidate_token{secret(token)}), "an invalidate");
    }

    // Leases, commits and releases; returns the fence.
    std::uint64_t renew(const std::string& token) {
        const auto fence = lease();
        trial_.expect(fence != 0, "no lease was granted");
        trial_.expect(commit(fence, token), "a commit with the newest fence was refused");
        release(fence);
        return fence;
    }

private:
    store_trial& trial_;
    std::unique_ptr<store_subject> store_;
};

}  // namespace detail

}  // namespace wxmp::inline v0_1::testing

#endif
