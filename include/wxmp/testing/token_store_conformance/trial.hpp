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

namespace wxmp::testing {

/// What can be done to the server that the stores use. Each is optional; what is missing is not tried.
struct store_server {
    /// Breaks the connections, now or when the next command comes, before that is carried out or after. May
    /// do another one of these each time; commands that come later are not disturbed.
    std::function<void()> cut{};
    std::function<void()> freeze{};   ///< it says nothing and closes nothing,
    std::function<void()> thaw{};     ///< until this
    std::function<void()> restart{};  ///< ends it, starts it and waits for it; it may have lost what it had
};

/// How a store is tried.
struct store_conformance_options {
    /// Names of the checks to make; empty: all.
    std::vector<std::string> only{};

    /// What can be done to its server.
    store_server server{};

    /// How long a store that does not give up a silent server is waited for. Longer than its timeout.
    std::chrono::milliseconds patience = std::chrono::seconds(20);

    /// Lets time pass. One that has a virtual clock gives another one.
    std::function<void(std::chrono::milliseconds)> sleep = [](std::chrono::milliseconds d) {
        std::this_thread::sleep_for(d);
    };
};

namespace detail {

using std::chrono::milliseconds;

inline const std::string token_canary = "CANARY-dont-tell";
inline constexpr milliseconds hour = std::chrono::hours(1);
inline constexpr milliseconds short_lease{50};

// One check under way: makes stores, and takes down what is wrong.
class store_trial : public check_notes {
public:
    store_trial(const store_factory& make, const store_conformance_options& o)
        : make_(make), options_(o), account_("conformance-" + random_name()) {}

    [[nodiscard]] const store_conformance_options& options() const { return options_; }
    [[nodiscard]] const store_server& server() const { return options_.server; }

    // One more store of an account that only this check has.
    [[nodiscard]] std::unique_ptr<store_subject> store(const std::string& which = {}) const {
        return make_(account_ + which);
    }

    void sleep(milliseconds d) const { options_.sleep(d); }

    // Tries until `f` returns something true, for as long as there is patience.
    template <class F> auto until_true(F f) const {
        auto got = f();
        for (milliseconds waited{}; !got && waited < options_.patience; waited += milliseconds(5)) {
            sleep(milliseconds(5));
            got = f();
        }
        return got;
    }

    // What the store answered; nothing, and taken down, where that is an error.
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

// One of those that share the storage: has a store of its own, whose steps have to succeed.
class holder {
public:
    explicit holder(store_trial& t, const std::string& which = {}) : trial_(t), store_(t.store(which)) {}

    [[nodiscard]] store_subject& store() const { return *store_; }

    std::optional<token_record> load() {
        auto a = trial_.must(store_->ask(load_token()), "a load");
        return a ? std::move(a->record) : std::nullopt;
    }

    // The token that is kept; empty: none is.
    std::string token() {
        const auto r = load();
        return r ? r->token.reveal() : std::string();
    }

    bool has_valid_token() {
        const auto r = load();
        return r && r->expires_in.count() > 0;
    }

    // The fence; 0 while somebody else has the lease.
    std::uint64_t lease(milliseconds time = hour) {
        const auto a = trial_.must(store_->ask(lease_token{time}), "a lease");
        return a ? a->fence : 0;
    }

    // The same, whatever fails meanwhile.
    std::uint64_t wait_for_lease(milliseconds time = hour) {
        const auto fence = trial_.until_true([&] {
            const auto a = store_->ask(lease_token{time});
            return a ? a->fence : 0;
        });
        trial_.expect(fence != 0, "no lease was to be had");
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

    // Leases, commits and gives back. The fence.
    std::uint64_t renew(const std::string& token) {
        const auto fence = lease();
        trial_.expect(fence != 0, "no lease was given");
        trial_.expect(commit(fence, token), "a record under the newest lease was refused");
        release(fence);
        return fence;
    }

private:
    store_trial& trial_;
    std::unique_ptr<store_subject> store_;
};

}  // namespace detail

}  // namespace wxmp::testing

#endif
