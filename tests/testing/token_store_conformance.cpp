// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The store of this library in the conformance suite; and stores with one fault each, which the suite has to
// find: these checks and no others fail.
#include <wxmp/testing/token_store_conformance.hpp>
#include <wxmp/testing/virtual_clock.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(testing_token_store_conformance)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using std::chrono::milliseconds;
using testing::check_outcome;

using loaded = result<std::optional<token_record>>;
using leased = result<std::optional<std::uint64_t>>;

// What is kept for one account, and the newest fence.
struct cabinet {
    explicit cabinet(memory_token_store::clock c) : clock(std::move(c)) {}

    void empty(bool with_fences) {
        store = std::make_unique<memory_token_store>(clock);
        if (with_fences) newest = 0;
        for (std::uint64_t i = 0; i != newest; ++i) static_cast<void>(store->lease(0ms));
    }

    memory_token_store::clock clock;
    std::unique_ptr<memory_token_store> store = std::make_unique<memory_token_store>(clock);
    std::atomic<std::uint64_t> newest{};
};

// A server for any number of accounts, with a clock of its own.
class server {
public:
    cabinet& of(const std::string& account) {
        const std::lock_guard lock(mutex_);
        return all_.try_emplace(account, [this] { return clock.now().steady; }).first->second;
    }

    void restart() {
        for (auto& [account, kept] : all_) kept.empty(forgets_fences);
    }

    testing::virtual_clock clock{};
    std::atomic<bool> is_frozen{};
    std::atomic<bool> is_cut{};
    std::atomic<int> cuts{};
    bool forgets_fences{};

private:
    std::mutex mutex_;
    std::map<std::string, cabinet> all_;
};

// A right one.
class remote_store {
public:
    remote_store(server& s, const std::string& account) : server_(s), kept_(s.of(account)) {}

    loaded load() {
        return asking([](auto& s) { return s.load(); });
    }
    leased lease(milliseconds time) {
        return asking([&](auto& s) {
            const auto fence = s.lease(time);
            if (fence && *fence) kept_.newest = **fence;
            return fence;
        });
    }
    result<bool> commit(const token_record& r) {
        return asking([&](auto& s) { return s.commit(r); });
    }
    result<void> release(std::uint64_t fence) {
        return asking([&](auto& s) { return s.release(fence); });
    }
    result<void> invalidate(const secret& token) {
        return asking([&](auto& s) { return s.invalidate(token); });
    }

protected:
    // Lost before or after it was carried out, in turn.
    template <class F> std::invoke_result_t<F, memory_token_store&> asking(F f) {
        if (server_.is_frozen) return lost();
        if (!server_.is_cut.exchange(false)) return f(*kept_.store);
        if (server_.cuts++ % 2 == 0) static_cast<void>(f(*kept_.store));
        return lost();
    }
    static error lost() { return error(errc::store_failed, "the connection was lost"); }

    server& server_;
    cabinet& kept_;
};

// ---- Faults

struct tells_old_times : remote_store {
    using remote_store::remote_store;
    loaded load() {
        auto r = remote_store::load();
        if (r && *r && (*r)->expires_in.count() > 0) (*r)->expires_in = 2h, (*r)->refresh_in = 1h;
        return r;
    }
};

struct ends_a_token_at_nul : remote_store {
    using remote_store::remote_store;
    result<bool> commit(token_record r) {
        r.token = secret(r.token.reveal().c_str());
        return remote_store::commit(r);
    }
};

struct counts_in_32_bits : remote_store {
    using remote_store::remote_store;
    result<bool> commit(token_record r) {
        r.expires_in = milliseconds(static_cast<std::int32_t>(r.expires_in.count()));
        return remote_store::commit(r);
    }
};

struct has_one_account : remote_store {
    has_one_account(server& s, const std::string& account)
        : remote_store(s, account.substr(0, account.find("-other"))) {}
};

struct keeps_any_record : remote_store {
    using remote_store::remote_store;
    result<bool> commit(token_record r) {
        auto now = remote_store::load();
        if (!now) return now.error();
        if (const auto& old = *now; old && old->fence >= r.fence) r.fence = old->fence + 1;
        return remote_store::commit(r);
    }
};

struct keeps_an_equal_fence : remote_store {
    using remote_store::remote_store;
    result<bool> commit(token_record r) {
        auto kept = remote_store::commit(r);
        if (!kept || *kept) return kept;
        const auto now = remote_store::load();
        return now && *now && (*now)->fence == r.fence;
    }
};

struct refuses_a_late_commit : remote_store {
    using remote_store::remote_store;
    result<bool> commit(const token_record& r) {
        if (r.fence < kept_.newest) return false;
        return remote_store::commit(r);
    }
};

struct invalidates_anything : remote_store {
    using remote_store::remote_store;
    result<void> invalidate(const secret&) {
        const auto now = remote_store::load();
        if (!now) return now.error();
        return remote_store::invalidate(*now ? (*now)->token : secret());
    }
};

struct invalidates_nothing : remote_store {
    using remote_store::remote_store;
    result<void> invalidate(const secret&) { return remote_store::invalidate(secret()); }
};

struct gives_back_any_lease : remote_store {
    using remote_store::remote_store;
    result<void> release(std::uint64_t) { return remote_store::release(kept_.newest); }
};

struct gives_back_nothing : remote_store {
    using remote_store::remote_store;
    result<void> release(std::uint64_t) { return remote_store::release(0); }
};

struct gives_leases_for_ever : remote_store {
    using remote_store::remote_store;
    leased lease(milliseconds) { return remote_store::lease(milliseconds::max()); }
};

// Looks, and then takes it: two that look at the same time both do.
struct gives_a_lease_in_two_steps : remote_store {
    using remote_store::remote_store;
    leased lease(milliseconds time) {
        auto first = remote_store::lease(0ms);
        if (!first || !*first) return first;
        std::this_thread::sleep_for(1ms);
        auto second = remote_store::lease(time);
        return second && *second ? second : first;
    }
};

struct has_one_fence : remote_store {
    using remote_store::remote_store;
    leased lease(milliseconds time) {
        auto fence = remote_store::lease(time);
        if (fence && *fence) *fence = 1;
        return fence;
    }
    result<void> release(std::uint64_t fence) {
        return remote_store::release(fence == 1 ? kept_.newest.load() : 0);
    }
};

struct never_comes_back : remote_store {
    using remote_store::remote_store;
    loaded load() { return once_lost(remote_store::load()); }
    leased lease(milliseconds time) { return once_lost(remote_store::lease(time)); }
    result<bool> commit(const token_record& r) { return once_lost(remote_store::commit(r)); }
    result<void> release(std::uint64_t fence) { return once_lost(remote_store::release(fence)); }
    result<void> invalidate(const secret& t) { return once_lost(remote_store::invalidate(t)); }

private:
    template <class T> result<T> once_lost(result<T> r) {
        is_lost_ = is_lost_ || !r;
        if (is_lost_) return lost();
        return r;
    }
    bool is_lost_{};
};

struct waits_for_its_server : remote_store {
    using remote_store::remote_store;
    loaded load() {
        while (server_.is_frozen) std::this_thread::sleep_for(1ms);
        return remote_store::load();
    }
};

// The answer to a load that was given up is taken for that to the next one.
struct mixes_answers_up : remote_store {
    using remote_store::remote_store;
    loaded load() {
        auto now = remote_store::load();
        if (!now && server_.is_frozen) late_ = kept_.store->load();
        if (!now || !late_) return now;
        return *std::exchange(late_, std::nullopt);
    }

private:
    std::optional<loaded> late_;
};

struct tells_its_token : remote_store {
    using remote_store::remote_store;
    result<void> invalidate(const secret& token) {
        auto r = remote_store::invalidate(token);
        if (!r) return error(errc::store_failed, "invalidate " + token.reveal());
        return r;
    }
};

struct tells_another_error : remote_store {
    using remote_store::remote_store;
    result<void> release(std::uint64_t fence) {
        auto r = remote_store::release(fence);
        if (!r) return error(errc::timeout);
        return r;
    }
};

struct throws : remote_store {
    using remote_store::remote_store;
    result<void> invalidate(const secret&) { throw std::runtime_error("no"); }
};

struct forgets_its_fences : remote_store {
    forgets_its_fences(server& s, const std::string& account) : remote_store(s, account) {
        s.forgets_fences = true;
    }
};

struct gives_everybody_a_lease : remote_store {
    using remote_store::remote_store;
    leased lease(milliseconds time) {
        auto given = remote_store::release(kept_.newest);
        if (!given) return given.error();
        return remote_store::lease(time);
    }
};

struct has_an_empty_record : remote_store {
    using remote_store::remote_store;
    loaded load() {
        auto r = remote_store::load();
        if (r && !*r) return token_record{};
        return r;
    }
};

struct rounds_up_what_is_left : remote_store {
    using remote_store::remote_store;
    loaded load() {
        auto r = remote_store::load();
        if (r && *r && (*r)->expires_in > -1h && (*r)->expires_in < 24h) (*r)->expires_in += 1s;
        return r;
    }
};

struct commits_in_two_steps : remote_store {
    using remote_store::remote_store;
    result<bool> commit(const token_record& r) {
        const auto old = kept_.store->load();
        auto kept = remote_store::commit(r);
        if (!kept && *old)
            kept_.store->commit({secret("ne"), (*old)->fence + 1, r.expires_in, r.refresh_in}).value();
        return kept;
    }
};

// One that calls back, from `run`, and can be cancelled.
class callback_store {
public:
    callback_store(server& s, const std::string& account) : server_(s), inner_(s, account) {}

    void load(auto told) {
        later([this] { return inner_.load(); }, told);
    }
    void lease(milliseconds time, auto told) {
        later([this, time] { return inner_.lease(time); }, told);
    }
    void commit(const token_record& r, auto told) {
        later([this, &r] { return inner_.commit(r); }, told);
    }
    void release(std::uint64_t fence, auto told) {
        later([this, fence] { return inner_.release(fence); }, told);
    }
    void invalidate(const secret& token, auto told) {
        later([this, &token] { return inner_.invalidate(token); }, told);
    }
    void run() {
        for (const auto& turn : std::exchange(turns_, {})) turn();
    }
    void cancel() { is_cancelled_ = true; }

protected:
    int times = 1;  // that a handler is called
    std::atomic<bool> is_cancelled_{};

private:
    template <class F, class Handler> void later(F f, Handler told) {
        turns_.push_back([this, f, told]() mutable {
            is_cancelled_ = false;
            const auto timeout = std::chrono::steady_clock::now() + 100ms;
            while (server_.is_frozen && !is_cancelled_ && std::chrono::steady_clock::now() < timeout)
                std::this_thread::sleep_for(1ms);
            auto r = is_cancelled_ ? decltype(f())(error(errc::cancelled)) : f();
            for (int i = 0; i != times; ++i) told(r);
        });
    }

    server& server_;
    remote_store inner_;
    std::vector<std::function<void()>> turns_;
};

struct ignores_cancel : callback_store {
    using callback_store::callback_store;
    void cancel() {}
};

struct calls_twice : callback_store {
    calls_twice(server& s, const std::string& account) : callback_store(s, account) { times = 2; }
};

// ---- What the suite finds

using names = std::set<std::string>;

// Each check gets a server of its own, so that what one leaves behind does not fail the next.
template <class Store> testing::conformance_report report_on() {
    testing::conformance_report all;
    for (const auto& check : testing::token_store_checks()) {
        server s;
        testing::store_conformance_options o;
        o.only = {std::string(check.name)};
        o.server.cut = [&s] { s.is_cut = true; };
        o.server.freeze = [&s] { s.is_frozen = true; };
        o.server.thaw = [&s] { s.is_frozen = false; };
        o.server.restart = [&s] { s.restart(); };
        o.patience = 1s;
        o.sleep = [&s](milliseconds d) { s.clock.advance(d); };
        const auto make = [&s](const std::string& account) { return Store(s, account); };
        all.results.push_back(testing::check_token_store(make, o).results.at(0));
    }
    return all;
}

names left_out(const testing::conformance_report& all) {
    names found;
    for (const auto& r : all.results)
        if (r.outcome == check_outcome::not_applicable && !r.detail.empty()) found.insert(r.name);
    return found;
}

struct fault {
    std::string_view name;
    testing::conformance_report (*report)();
    names expected;
};

const fault faults[] = {
    {"tells_old_times", &report_on<tells_old_times>, {"counts_down"}},
    {"rounds_up_what_is_left",
     &report_on<rounds_up_what_is_left>,
     {"counts_down", "keeps_a_record", "takes_any_duration", "tells_that_a_record_is_over"}},
    {"has_an_empty_record",
     &report_on<has_an_empty_record>,
     {"has_nothing_at_first", "keeps_accounts_apart"}},
    {"ends_a_token_at_nul", &report_on<ends_a_token_at_nul>, {"keeps_any_token"}},
    {"counts_in_32_bits", &report_on<counts_in_32_bits>, {"takes_any_duration"}},
    {"has_one_account", &report_on<has_one_account>, {"keeps_accounts_apart"}},
    {"keeps_any_record",
     &report_on<keeps_any_record>,
     {"a_late_commit_does_not_replace_a_newer_one", "invalidates_no_other_token", "refuses_an_equal_fence",
      "refuses_an_older_fence", "survives_a_restart", "two_holders_agree_on_everything"}},
    {"keeps_an_equal_fence",
     &report_on<keeps_an_equal_fence>,
     {"refuses_an_equal_fence", "two_holders_agree_on_everything"}},
    {"refuses_a_late_commit",
     &report_on<refuses_a_late_commit>,
     {"a_late_commit_is_kept_where_none_is_newer", "two_holders_agree_on_everything"}},
    {"commits_in_two_steps",
     &report_on<commits_in_two_steps>,
     {"a_lost_commit_is_whole_or_nothing", "gives_up_a_silent_server", "survives_a_loss_at_a_commit"}},
    {"invalidates_anything",
     &report_on<invalidates_anything>,
     {"invalidates_no_other_token", "two_holders_agree_on_everything"}},
    {"invalidates_nothing",
     &report_on<invalidates_nothing>,
     {"invalidates_the_token", "keeps_any_token", "two_holders_agree_on_everything"}},
    {"gives_everybody_a_lease",
     &report_on<gives_everybody_a_lease>,
     {"gives_a_lease_to_one", "gives_a_lease_to_one_of_many", "releases_no_later_lease",
      "releases_no_other_lease", "takes_any_duration", "two_holders_agree_on_everything"}},
    {"gives_back_any_lease",
     &report_on<gives_back_any_lease>,
     {"releases_no_later_lease", "releases_no_other_lease", "two_holders_agree_on_everything"}},
    {"gives_back_nothing",
     &report_on<gives_back_nothing>,
     {"a_lost_commit_is_whole_or_nothing", "fences_ascend", "gives_a_lease_to_one_of_many",
      "gives_up_a_silent_server", "invalidates_no_other_token", "invalidates_the_token", "keeps_any_token",
      "mixes_no_answers_up", "refuses_an_older_fence", "releases_no_later_lease", "replaces_a_record",
      "survives_a_loss_at_a_commit", "survives_a_loss_at_a_lease", "survives_a_loss_at_a_load",
      "survives_a_loss_at_a_release", "survives_a_loss_at_an_invalidate", "takes_a_lease_back",
      "takes_any_duration", "two_holders_agree_on_everything"}},
    {"gives_leases_for_ever",
     &report_on<gives_leases_for_ever>,
     {"a_late_commit_does_not_replace_a_newer_one", "a_late_commit_is_kept_where_none_is_newer",
      "ends_a_lease", "fences_ascend", "releases_no_later_lease", "survives_a_loss_at_a_lease",
      "takes_any_duration"}},
    {"gives_a_lease_in_two_steps", &report_on<gives_a_lease_in_two_steps>, {"gives_a_lease_to_one_of_many"}},
    {"has_one_fence",
     &report_on<has_one_fence>,
     {"a_late_commit_is_kept_where_none_is_newer",
      "a_lost_commit_is_whole_or_nothing",
      "ends_a_lease",
      "fences_ascend",
      "gives_up_a_silent_server",
      "invalidates_no_other_token",
      "invalidates_the_token",
      "keeps_any_token",
      "mixes_no_answers_up",
      "releases_no_later_lease",
      "replaces_a_record",
      "survives_a_loss_at_a_commit",
      "survives_a_loss_at_a_lease",
      "survives_a_loss_at_a_load",
      "survives_a_loss_at_a_release",
      "survives_a_loss_at_an_invalidate",
      "survives_a_restart",
      "takes_a_lease_back",
      "takes_any_duration",
      "two_holders_agree_on_everything"}},
    {"forgets_its_fences", &report_on<forgets_its_fences>, {"survives_a_restart"}},
    {"never_comes_back",
     &report_on<never_comes_back>,
     {"a_lost_commit_is_whole_or_nothing", "gives_up_a_silent_server", "mixes_no_answers_up",
      "survives_a_loss_at_a_commit", "survives_a_loss_at_a_lease", "survives_a_loss_at_a_load",
      "survives_a_loss_at_a_release", "survives_a_loss_at_an_invalidate"}},
    {"waits_for_its_server", &report_on<waits_for_its_server>, {"gives_up_a_silent_server"}},
    {"mixes_answers_up", &report_on<mixes_answers_up>, {"gives_up_a_silent_server", "mixes_no_answers_up"}},
    {"tells_its_token", &report_on<tells_its_token>, {"tells_no_token"}},
    {"tells_another_error",
     &report_on<tells_another_error>,
     {"gives_up_a_silent_server", "survives_a_loss_at_a_release"}},
    {"throws",
     &report_on<throws>,
     {"gives_up_a_silent_server", "invalidates_no_other_token", "invalidates_the_token", "keeps_any_token",
      "survives_a_loss_at_an_invalidate", "tells_no_token", "two_holders_agree_on_everything"}},
    {"ignores_cancel", &report_on<ignores_cancel>, {"is_cancelled_in_a_silence"}},
};

BOOST_AUTO_TEST_CASE(passes_the_store_of_this_library) {
    std::map<std::string, memory_token_store> all;
    std::mutex mutex;
    const auto make = [&](const std::string& account) -> memory_token_store& {
        const std::lock_guard lock(mutex);
        return all[account];
    };
    const auto report = testing::check_token_store(make);
    for (const auto& r : report.results) {
        const bool is_of_a_server = r.outcome == check_outcome::not_applicable && !r.detail.empty();
        BOOST_TEST((r.outcome == check_outcome::passed || is_of_a_server), r.name << ": " << r.detail);
    }
    BOOST_TEST(report.passed());
    BOOST_TEST(report.results.size() == testing::token_store_checks().size());
    BOOST_TEST((report.find("keeps_a_record")->outcome == check_outcome::passed));
    BOOST_TEST((report.find("survives_a_restart")->outcome == check_outcome::not_applicable));
}

BOOST_AUTO_TEST_CASE(finds_nothing_where_nothing_is) {
    const auto blocking = report_on<remote_store>();
    BOOST_TEST(blocking.passed());
    BOOST_TEST(left_out(blocking) == names{"is_cancelled_in_a_silence"}, per_element());
    const auto calling_back = report_on<callback_store>();
    BOOST_TEST(calling_back.passed());
    BOOST_TEST(left_out(calling_back).empty());
}

BOOST_AUTO_TEST_CASE(finds_each_fault) {
    for (const auto& f : faults) {
        const auto failed = f.report().failed();
        BOOST_TEST_CONTEXT(f.name)
        BOOST_TEST(names(failed.begin(), failed.end()) == f.expected, per_element());
    }
}

BOOST_AUTO_TEST_CASE(finds_a_handler_that_is_called_twice_wherever_it_is) {
    BOOST_TEST(report_on<calls_twice>().failed().size() == testing::token_store_checks().size());
}

// Whoever adds a check has to show that it can fail.
BOOST_AUTO_TEST_CASE(each_check_finds_a_fault) {
    names all;
    for (const auto& f : faults) all.insert(f.expected.begin(), f.expected.end());
    for (const auto& check : testing::token_store_checks())
        BOOST_TEST(all.contains(std::string(check.name)), check.name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
