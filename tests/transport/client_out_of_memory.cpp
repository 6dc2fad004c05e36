// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// Each allocation of a whole run fails once: of the client, the transport, the simulator and the store. It is thrown;
// the lease is given back, and the same client makes the call again.
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <boost/test/unit_test.hpp>

#include "../allocations.hpp"
#include "../thorough.hpp"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_client_out_of_memory)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using namespace wxmp_test;

options certain_options() {
    options o;
    o.random = [] { return std::uint64_t{7}; };
    return o;
}

// A client with all policies, over the simulator.
struct office {
    using transport = testing::platform_transport;
    testing::platform p{};
    transport t{(p.add_account("wx1", secret("app-secret")), p)};
    memory_token_store store{[this] { return t.now().steady; }};
    client<transport&, token_policy<memory_token_store>, retry_policy, failover_policy> c{
        t, certain_options(),
        token_policy<memory_token_store>(store,
                                         auth::stable_token{.appid = "wx1", .secret = secret("app-secret")}),
        retry_policy{}, failover_policy{}};
};

// Runs `work(office)` with each allocation failing, then once more. How often it failed.
template <class Prepare, class Work> long fail_each_allocation_of_a_run(Prepare prepare, Work work) {
    return for_each_failure([&](long n) {
        office o;
        prepare(o);
        if (!runs_out_at(n, [&] { work(o); })) return false;
        BOOST_TEST(o.store.lease(1ms).value().has_value(), "a lease is held after allocation " << n);
        o.t.clock().advance(1ms);
        work(o);
        return true;
    });
}

const auto nothing = [](office&) {};

BOOST_AUTO_TEST_CASE(a_call_can_be_made_again) {
    const auto count = [](office& o) { BOOST_REQUIRE(o.c(draft::count{})); };
    BOOST_TEST(fail_each_allocation_of_a_run(nothing, count) > least_allocations(80));
    BOOST_TEST(fail_each_allocation_of_a_run(
                   [&](office& o) {
                       count(o);
                       o.p.inject({.call = std::string(draft::count::at.path),
                                   .what = testing::fault::expire_token{}});
                   },
                   count) > least_allocations(80));
}

BOOST_AUTO_TEST_CASE(a_token_can_be_renewed_again) {
    const auto renew = [](office& o) {
        const auto& settings = o.c.settings();
        o.t.clock().advance(31s);  // forced tokens are 30 s apart
        const token_policy<memory_token_store> p(
            o.store, auth::stable_token{.appid = "wx1", .secret = secret("app-secret")});
        BOOST_REQUIRE(o.c.run(p.force_renewal(settings)));
    };
    BOOST_TEST(fail_each_allocation_of_a_run(nothing, renew) > least_allocations(40));
}

// It goes on from the record, whatever had failed, unless an answer was lost.
BOOST_AUTO_TEST_CASE(an_upload_can_be_resumed) {
    const std::string bytes(300, 'x');
    const memory_source source{bytes};
    long unknown = 0;
    const auto failures = for_each_failure(
        [&](long n) {
            office o;
            std::optional<std::string> stored;
            upload_options how{.block_size = 64, .window = 2};
            how.persist = [&](const upload_record& r) -> result<void> {
                const no_failures guard;
                stored = write_upload_record(r).value();
                return {};
            };
            const auto begin = [&] {
                (void)o.c.run(upload("v.mp4", bytes.size(), {"title", "words", false}, o.c.settings(), how),
                              {.source = source});
            };
            if (!runs_out_at(n, begin)) return false;
            if (!stored) return true;
            const auto record = read_upload_record(*stored).value();
            const auto end = o.c.run(upload(record, o.c.settings(), how), {.source = source});
            const bool is_unknown = record.unanswered != unanswered_call::none;
            unknown += is_unknown;
            BOOST_TEST(end.has_value() == !is_unknown, "allocation " << n);
            if (is_unknown) BOOST_CHECK(end.error() == errc::outcome_unknown);
            else BOOST_TEST(o.p.calls<upload_video::save_video>() == 1u);
            return true;
        },
        wxmp_test::stride_of_failures);
    BOOST_TEST(failures > 500);
    BOOST_TEST(unknown > 0);
}

BOOST_AUTO_TEST_CASE(a_store_in_memory_keeps_what_it_has) {
    const std::string former(40, 'f'), later(90, 'l');
    memory_token_store store;
    const auto failures = for_each_failure([&](long n) {
        memory_token_store tried;
        tried.commit({secret(former), 1, 1h, 1h}).value();
        const token_record record{secret(later), 2, 2h, 2h};
        if (!runs_out_at(n, [&] { (void)tried.commit(record); })) return false;
        const auto kept = tried.load().value().value();
        BOOST_TEST(kept.token.reveal() == former);
        BOOST_TEST(kept.fence == 1u);
        BOOST_TEST(tried.commit(record).value());
        return true;
    });
    BOOST_TEST(failures > 0);
    store.commit({secret(former), 1, 1h, 1h}).value();
    BOOST_TEST(fail_each_allocation([&] { (void)store.load(); }) > 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
