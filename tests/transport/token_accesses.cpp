// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// How often the token store and the service are asked.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_token_accesses)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using testing::platform;
using testing::platform_transport;

// One machine's way to the store, with a count.
class counted_store {
public:
    explicit counted_store(memory_token_store& inner) : inner_(inner) {}

    result<std::optional<token_record>> load() { return ++loads, inner_.load(); }
    result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds time) {
        return ++leases, inner_.lease(time);
    }
    result<bool> commit(const token_record& r) { return ++commits, inner_.commit(r); }
    result<void> release(std::uint64_t fence) { return ++releases, inner_.release(fence); }
    result<void> invalidate(const secret& token) { return ++invalidates, inner_.invalidate(token); }

    int all() const { return loads + leases + commits + releases + invalidates; }
    void reset() { loads = leases = commits = releases = invalidates = 0; }

    int loads{}, leases{}, commits{}, releases{}, invalidates{};

private:
    memory_token_store& inner_;
};

using machine = client<platform_transport&, token_policy<counted_store>>;

// The service, and two machines on one clock that share a store.
struct office {
    machine make(counted_store& store) {
        options o;
        o.random = [] { return std::uint64_t{0}; };
        const auth::stable_token grant{.appid = "wx1", .secret = secret("s1")};
        return machine(transport, o, token_policy(store, grant));
    }
    std::uint64_t grants() const { return service.calls<auth::stable_token>(); }
    std::uint64_t exchanges() const { return service.calls<draft::count>(); }
    void pass(std::chrono::milliseconds time) { transport.clock().advance(time); }

    platform service{};
    testing::account& account{service.add_account("wx1", secret("s1"))};
    platform_transport transport{service};
    memory_token_store kept{[this] { return transport.now().steady; }};
    counted_store here{kept}, there{kept};
    machine first = make(here), second = make(there);
};

BOOST_AUTO_TEST_CASE(a_fresh_token_costs_no_access) {
    office o;
    BOOST_TEST(o.first(draft::count{}).has_value());
    BOOST_TEST(o.here.all() == 5);  // load, lease, load, commit, release
    o.here.reset();
    int good = 0;
    constexpr int calls = 10'000 / wxmp_test::stride;
    for (int i = 0; i != calls; ++i) {
        good += o.first(draft::count{}).has_value();
        o.pass(600ms * wxmp_test::stride);  // 6000 s in all; it is due after 6900 s
    }
    BOOST_TEST(good == calls);
    BOOST_TEST(o.here.all() == 0);
    BOOST_TEST(o.grants() == 1u);
    BOOST_TEST(o.exchanges() == 1u + calls);
}

BOOST_AUTO_TEST_CASE(who_only_uses_it_looks_once_for_each_renewal) {
    office o;
    o.first(draft::count{}).value();
    o.second(draft::count{}).value();
    o.here.reset(), o.there.reset();
    int renewals = 0, looks = 0, good = 0;
    constexpr int rounds = 7'000 / wxmp_test::stride;
    for (int i = 0; i != rounds; ++i) {
        o.pass(10s * wxmp_test::stride);
        good += o.first(draft::count{}).has_value();
        if (std::exchange(o.here.commits, 0) != 0) ++renewals, looks = 0;
        const int before = o.there.loads;
        for (int k = 0; k != 3; ++k) good += o.second(draft::count{}).has_value();
        looks += o.there.loads - before;
        BOOST_REQUIRE(looks <= 1);
    }
    BOOST_TEST(good == 4 * rounds);
    BOOST_TEST(o.exchanges() == 2u + 4 * rounds);  // none was refused
    BOOST_TEST(renewals == 10);
    BOOST_TEST(o.grants() == 11u);
    BOOST_TEST(o.there.loads == renewals);
    BOOST_TEST(o.there.all() == o.there.loads);
}

// 40001 is what the service says by itself then; it may be put in another way.
BOOST_AUTO_TEST_CASE(a_token_that_was_replaced_costs_one_more_exchange) {
    for (const int code : {40001, 40014, 42001}) BOOST_TEST_CONTEXT(code) {
            office o;
            o.first(draft::count{}).value();
            const auto policy =
                token_policy(o.there, auth::stable_token{.appid = "wx1", .secret = secret("s1")});
            client other(std::ref(o.transport), options(), policy);
            const auto newest = other.run(policy.force_renewal(other.settings())).value().token;
            const auto grants = o.grants(), exchanges = o.exchanges();
            o.here.reset();
            if (code != 40001)
                o.service.inject(
                    {.call = std::string(draft::count::at.path), .what = testing::fault::error_code{code}});
            BOOST_TEST(o.first(draft::count{}).has_value());
            BOOST_TEST(o.service.faults_left() == 0u);
            BOOST_TEST(o.exchanges() - exchanges == 2u);
            BOOST_TEST(o.grants() == grants);
            BOOST_TEST(o.here.invalidates == 1);
            BOOST_TEST(o.here.loads == 1);
            BOOST_TEST(o.here.all() == 2);
            // The other's token is as good as before, and known from now on.
            BOOST_TEST((o.kept.load().value()->token == newest));
            BOOST_TEST((o.kept.load().value()->expires_in > 1h));
            BOOST_TEST(o.first(draft::count{}).has_value());
            BOOST_TEST(o.exchanges() - exchanges == 3u);
            BOOST_TEST(o.here.all() == 2);
        }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
