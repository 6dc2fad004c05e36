// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/flow/detail/source/token_provider.hpp>

#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include "at_once.hpp"
#include "token_flow.hpp"
#include "token_world.hpp"
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

BOOST_AUTO_TEST_SUITE(flow_renew_token)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using detail::known_token;
using detail::token_provider;
using wxmp_test::at;
using wxmp_test::calm;
using wxmp_test::is_free;
using wxmp_test::logged_store;
using wxmp_test::stable;
using wxmp_test::stepper;
using wxmp_test::token_flow;

constexpr time_point begin{500'000h};
using outcome = result<std::shared_ptr<const known_token>>;

// Answers stable_token: each request that is carried out is a token of its own.
struct service {
    int issued{};
    std::int64_t life = 7'200;  // seconds
    result<http::response> operator()(const http::request&, time_point) {
        return http::response{200,
                              {},
                              "{\"access_token\":\"T" + std::to_string(++issued) +
                                  "\",\"expires_in\":" + std::to_string(life) + "}"};
    }
};

// A process that shares a store with others.
struct participant {
    explicit participant(logged_store& s, std::string rejected = {}, std::chrono::milliseconds patience = 90s)
        : steps(make(s, std::move(rejected), patience)) {}

    static std::shared_ptr<token_provider> provide(std::chrono::milliseconds patience) {
        token_options o;
        o.again.total = patience;
        return std::make_shared<token_provider>(stable(), o);
    }
    static stepper<token_flow> make(logged_store& s, std::string rejected,
                                    std::chrono::milliseconds patience) {
        token_flow::task t;
        if (!rejected.empty())
            t.rejected = std::make_shared<const known_token>(known_token{secret(rejected), 0, {}, {}, {}});
        return stepper(token_flow(provide(patience), calm, std::move(t)), s);
    }

    // One step: what it wants next, or an answer if it waits for one. False when it only waits for time.
    bool step(service& s, time_point now) {
        if (steps.outcome()) return false;
        if (steps.ask(now)) return true;
        if (steps.out().empty()) return false;
        return steps.answer(std::ref(s), now), true;
    }

    stepper<token_flow> steps;
};

known_token run(logged_store& store, service& s, time_point& now, std::string rejected = {}) {
    const auto r = participant(store, std::move(rejected)).steps.run(std::ref(s), now);
    BOOST_REQUIRE_MESSAGE(r, r.error().message());
    return **r;
}

// Up to its request for a token.
void ask_service(stepper<token_flow>& steps, time_point now) {
    while (steps.out().empty()) BOOST_REQUIRE(steps.ask(now));
}

}  // namespace

BOOST_AUTO_TEST_CASE(gets_one_and_keeps_it_until_it_is_time) {
    auto now = begin;
    logged_store store([&] { return now; });
    service s;
    const auto first = run(store, s, now);
    BOOST_TEST(first.token.reveal() == "T1");
    BOOST_CHECK(first.expires_at - now == 7'200s);
    BOOST_CHECK(first.refresh_at - now == 6'900s);
    now += 6'899s;
    BOOST_TEST(run(store, s, now).token.take() == "T1");
    now += 1s;
    BOOST_TEST(run(store, s, now).token.take() == "T2");
    BOOST_TEST(s.issued == 2);
}

// However short it is.
BOOST_AUTO_TEST_CASE(leaves_a_token_the_first_half_of_its_life) {
    auto now = begin;
    logged_store store([&] { return now; });
    service s;
    s.life = 400;
    BOOST_CHECK(run(store, s, now).refresh_at - now == 200s);
}

BOOST_AUTO_TEST_CASE(counts_a_life_from_when_it_asked) {
    auto now = begin;
    logged_store store([&] { return now; });
    service s;
    auto steps = participant::make(store, {}, 90s);
    ask_service(steps, begin);
    now += 5s;
    const auto found = steps.run(std::ref(s), now).value();
    BOOST_CHECK(found->expires_at - begin == 7'200s);
    BOOST_CHECK(found->refresh_at - begin == 6'905s);

    auto late = participant::make(store, "T1", 90s);
    now = begin;
    ask_service(late, begin);
    now += 1h;
    const auto over = late.run(std::ref(s), now).value();
    BOOST_CHECK(over->refresh_at == over->expires_at && over->expires_at - begin == 7'200s);
}

// A number of any size is no harm; a life without end ends with time itself.
BOOST_AUTO_TEST_CASE(takes_any_life) {
    using limits = std::numeric_limits<std::int64_t>;
    for (const auto life : {limits::min(), std::int64_t{-1}, std::int64_t{0}, limits::max() / 1'000,
                            limits::max() / 1'000 + 1, limits::max()}) {
        auto now = begin;
        logged_store store([&] { return now; });
        service s{.life = life};
        const auto t = run(store, s, now);
        BOOST_TEST((t.expires_at == begin) == (life <= 0));
        BOOST_TEST((t.refresh_at <= t.expires_at));
        BOOST_TEST((run(store, s, now).token.take() == "T1") == (life > 0));
    }
}

BOOST_AUTO_TEST_CASE(takes_any_record) {
    using milliseconds = std::chrono::milliseconds;
    for (const auto expires : {milliseconds::min(), milliseconds(0), milliseconds::max()})
        for (const auto refresh : {milliseconds::min(), milliseconds(0), milliseconds::max()}) {
            auto now = begin;
            logged_store store([&] { return now; });
            service s;
            BOOST_TEST(store.commit({secret("R"), 1, expires, refresh}).value());
            const auto t = run(store, s, now);
            BOOST_TEST((t.token.reveal() == "R") == (refresh == milliseconds::max()));
        }
}

BOOST_AUTO_TEST_CASE(uses_the_old_one_while_somebody_else_renews) {
    auto now = begin;
    logged_store store([&] { return now; });
    service s;
    run(store, s, now);
    now += 6'950s;
    BOOST_REQUIRE(store.lease(60s).value());  // a holder that stalls
    BOOST_TEST(run(store, s, now).token.take() == "T1");
    BOOST_TEST(s.issued == 1);
    now += 61s;  // its lease is over
    BOOST_TEST(run(store, s, now).token.take() == "T2");
}

BOOST_AUTO_TEST_CASE(after_a_rejection_renews_once_for_all) {
    auto now = begin;
    logged_store store([&] { return now; });
    service s;
    run(store, s, now);
    BOOST_TEST(run(store, s, now, "T1").token.take() == "T2");
    BOOST_TEST(run(store, s, now, "T1").token.take() == "T2");
    BOOST_TEST(s.issued == 2);
}

BOOST_AUTO_TEST_CASE(falls_back_on_what_is_known_when_the_store_is_down) {
    auto now = begin;
    logged_store store([&] { return now; });
    service s;
    const auto provider = participant::provide(90s);
    const auto again = [&] { return stepper(token_flow(provider, calm, {}), store).run(std::ref(s), now); };
    provider->learn(again().value());
    store.down = true;
    BOOST_TEST(again().value()->token.reveal() == "T1");
    BOOST_CHECK(participant(store).steps.run(std::ref(s), now).error() == errc::store_failed);
    now = provider->known()->expires_at;
    BOOST_CHECK(again().error() == errc::store_failed);
}

BOOST_AUTO_TEST_CASE(passes_on_a_refusal_and_gives_the_lease_back) {
    auto now = begin;
    logged_store store([&] { return now; });
    const auto refuse = [](const http::request&, time_point) -> result<http::response> {
        return http::response{200, {}, R"({"errcode":40125,"errmsg":"invalid appsecret"})"};
    };
    BOOST_TEST(participant(store).steps.run(refuse, now).error().api_code() == 40125);
    BOOST_TEST(is_free(store));
}

BOOST_AUTO_TEST_CASE(gives_up_when_the_holder_never_ends) {
    auto now = begin;
    logged_store store([&] { return now; });
    service s;
    BOOST_REQUIRE(store.lease(24h).value());
    BOOST_CHECK(participant(store).steps.run(std::ref(s), now).error() ==
                error(errc::timeout, "another process is renewing the access token"));
    BOOST_CHECK(now - begin >= 88s);
    BOOST_TEST(s.issued == 0);
}

BOOST_AUTO_TEST_CASE(gives_back_the_lease_wherever_it_is_cancelled) {
    int cancelled = 0;
    for (int moves = 0; moves != 12; ++moves) {
        auto now = begin;
        logged_store store([&] { return now; });
        service s;
        participant c(store, "T9");
        for (int i = 0; i != moves; ++i) c.step(s, now);
        if (c.steps.outcome()) continue;
        c.steps.flow().cancel();
        const auto r = c.steps.run(std::ref(s), now);
        BOOST_TEST((r || r.error() == errc::cancelled));
        BOOST_TEST(is_free(store));
        cancelled += !r;
    }
    BOOST_TEST(cancelled >= 6);
}

// What a store, a source or a service says at the wrong time is an error, and nothing is kept.
BOOST_AUTO_TEST_CASE(takes_no_event_that_it_did_not_ask_for) {
    int refused = 0;
    for (int moves = 0; moves != 9; ++moves)
        for (const flows::event& e : {flows::event(flows::answered{}), flows::event(flows::stored{}),
                                      flows::event(flows::fetched{})}) {
            auto now = begin;
            logged_store store([&] { return now; });
            service s;
            participant c(store);
            for (int i = 0; i != moves; ++i) c.step(s, now);
            if (c.steps.outcome() || !c.steps.out().empty()) continue;
            c.steps.flow().on(flows::event(e), at(now));
            const auto r = c.steps.run(std::ref(s), now);
            BOOST_TEST((r || r.error() == errc::unexpected_event));
            BOOST_TEST(is_free(store));
            refused += !r;
        }
    BOOST_TEST(refused > 0);
}

// Every order of some moves, each a step of one of three participants or a stall past the lease; the first participant
// was refused the stored token. All orders are then run to their end.
BOOST_AUTO_TEST_CASE(every_interleaving_of_three_clients, *boost::unit_test::label("slow")) {
    constexpr int moves = wxmp_test::is_thorough ? 8 : 6;
    constexpr unsigned kinds = 4;
    std::uint64_t wrong = 0, schedules = 0;
    unsigned total = 1;
    for (int i = 0; i != moves; ++i) total *= kinds;
    for (unsigned schedule = 0; schedule != total; ++schedule, ++schedules) {
        auto now = begin;
        logged_store store([&] { return now; });
        service s{.issued = 1};
        static_cast<void>(store.inner.lease(0ms));
        static_cast<void>(store.inner.commit({secret("T1"), 1, 7'200s, 6'900s}));
        std::array participants{participant(store, "T1", 1h), participant(store, "T1", 1h),
                                participant(store, {}, 1h)};
        int stalls = 0;
        auto rest = schedule;
        for (int i = 0; i != moves; ++i, rest /= kinds) {
            if (rest % kinds != 3) participants[rest % kinds].step(s, now);
            else now += 61s, ++stalls;
        }
        for (int i = 0; i != 2'000; ++i) {
            bool moved = false;
            for (auto& c : participants) moved = c.step(s, now) || moved;
            if (!moved) now += 100ms;
        }
        bool right = true;
        for (auto& c : participants) right = right && c.steps.outcome() && c.steps.outcome()->has_value();
        for (std::size_t i = 1; i < store.committed.size(); ++i)
            right = right && store.committed[i - 1] < store.committed[i];
        for (std::size_t i = 1; i < store.leased.size(); ++i)
            right = right && store.leased[i - 1] < store.leased[i];
        // One renewal for the rejection, and one more at most for each time that a lease ran out.
        right = right && s.issued <= 2 + stalls && (stalls != 0 || s.issued == 2);
        for (const std::size_t i : {0u, 1u})
            right = right && (**participants[i].steps.outcome())->token != secret("T1");
        wrong += !right;
    }
    BOOST_TEST(schedules == (wxmp_test::is_thorough ? 65'536u : 4'096u));
    BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
