#include <wxmp/flow/renew_token.hpp>

#include <boost/test/unit_test.hpp>

#include "logged_store.hpp"
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using wxmp_test::logged_store;

constexpr time_point begin{500'000h};

// Answers stable_token: each request that is carried out is a token of its own.
struct service {
    int issued{};
    http::response answer(std::chrono::seconds life = 7'200s) {
        return {200,
                {},
                "{\"access_token\":\"T" + std::to_string(++issued) +
                    "\",\"expires_in\":" + std::to_string(life.count()) + "}"};
    }
};

using renewal = renew_token<logged_store>;

renewal make(logged_store& s, std::optional<token_record> at_hand = {}, std::string rejected = {},
             std::chrono::milliseconds patience = 90s) {
    options o;
    o.random = [] { return std::uint64_t{0}; };
    return renewal(s, {.appid = "wx1", .secret = secret("s")}, o, {.patience = patience}, std::move(at_hand),
                   secret(std::move(rejected)));
}

// One participant of the store: what it waits for, and what came of it.
struct participant {
    renewal flow;
    bool asked{};
    std::optional<result<token_record>> outcome{};

    // One step: an answer if it waits for one, else what it wants next. False when it only waits for time.
    bool step(service& s, time_point now) {
        if (outcome) return false;
        if (std::exchange(asked, false)) return flow.on(answered{0, s.answer()}, now), true;
        auto a = flow.next(now);
        if (std::holds_alternative<wait>(a)) return false;
        if (std::holds_alternative<send>(a)) asked = true;
        if (std::holds_alternative<done>(a)) outcome = std::move(flow).take();
        return true;
    }
};

token_record run(renewal flow, service& s, time_point& now) {
    participant c{std::move(flow)};
    for (int i = 0; i != 1'000 && !c.outcome; ++i)
        if (!c.step(s, now)) now += 100ms;
    BOOST_REQUIRE(c.outcome);
    BOOST_REQUIRE_MESSAGE(*c.outcome, c.outcome->error().message());
    return **c.outcome;
}

}  // namespace

BOOST_AUTO_TEST_CASE(renew_token_gets_one_and_keeps_it_until_it_is_time) {
    logged_store store;
    service s;
    auto now = begin;
    const auto first = run(make(store), s, now);
    BOOST_TEST(first.token.reveal() == "T1");
    BOOST_CHECK(first.expires_at - now == 7'200s);
    BOOST_CHECK(first.refresh_at - now == 6'900s);
    now += 6'899s;
    BOOST_TEST(run(make(store), s, now).token.reveal() == "T1");
    now += 1s;
    BOOST_TEST(run(make(store), s, now).token.reveal() == "T2");
    BOOST_TEST(s.issued == 2);
}

BOOST_AUTO_TEST_CASE(renew_token_counts_a_life_from_when_it_asked) {
    logged_store store;
    service s;
    auto flow = make(store);
    BOOST_REQUIRE(std::holds_alternative<send>(flow.next(begin)));
    flow.on(answered{0, s.answer()}, begin + 5s);
    BOOST_REQUIRE(std::holds_alternative<done>(flow.next(begin + 9s)));  // stood still meanwhile
    const auto found = std::move(flow).take();
    BOOST_REQUIRE(found);
    BOOST_CHECK(found->expires_at - begin == 7'200s);
    BOOST_CHECK(found->refresh_at - begin == 6'909s);

    auto late = make(store, {}, "T1");
    BOOST_REQUIRE(std::holds_alternative<send>(late.next(begin)));
    late.on(answered{0, s.answer()}, begin + 1h);
    BOOST_REQUIRE(std::holds_alternative<done>(late.next(begin + 1h)));
    const auto over = std::move(late).take();
    BOOST_REQUIRE(over);
    BOOST_CHECK(over->refresh_at == over->expires_at && over->expires_at - begin == 7'200s);
}

BOOST_AUTO_TEST_CASE(renew_token_uses_the_old_one_while_somebody_else_renews) {
    logged_store store;
    service s;
    auto now = begin;
    run(make(store), s, now);
    now += 6'950s;
    BOOST_REQUIRE(store.try_lease(now, 60s).value());  // a holder that stalls
    BOOST_TEST(run(make(store), s, now).token.reveal() == "T1");
    BOOST_TEST(s.issued == 1);
    now += 61s;  // its lease is over
    BOOST_TEST(run(make(store), s, now).token.reveal() == "T2");
}

BOOST_AUTO_TEST_CASE(renew_token_after_a_rejection_renews_once_for_all) {
    logged_store store;
    service s;
    auto now = begin;
    run(make(store), s, now);
    BOOST_TEST(run(make(store, {}, "T1"), s, now).token.reveal() == "T2");
    BOOST_TEST(run(make(store, {}, "T1"), s, now).token.reveal() == "T2");
    BOOST_TEST(s.issued == 2);
}

BOOST_AUTO_TEST_CASE(renew_token_makes_do_with_what_is_at_hand_when_the_store_is_down) {
    logged_store store;
    service s;
    auto now = begin;
    const auto first = run(make(store), s, now);
    store.down = true;
    BOOST_TEST(run(make(store, first), s, now).token.reveal() == "T1");
    auto none = make(store);
    BOOST_CHECK(std::holds_alternative<done>(none.next(now)));
    BOOST_CHECK(std::move(none).take().error() == errc::store_failed);
    now = first.expires_at;
    auto over = make(store, first);
    BOOST_CHECK(std::holds_alternative<done>(over.next(now)));
    BOOST_CHECK(std::move(over).take().error() == errc::store_failed);
}

BOOST_AUTO_TEST_CASE(renew_token_passes_on_a_refusal_and_gives_the_lease_back) {
    logged_store store;
    auto flow = make(store);
    BOOST_REQUIRE(std::holds_alternative<send>(flow.next(begin)));
    flow.on(answered{0, {200, {}, R"({"errcode":40125,"errmsg":"invalid appsecret"})"}}, begin);
    BOOST_CHECK(std::holds_alternative<done>(flow.next(begin)));
    BOOST_TEST(std::move(flow).take().error().api_code() == 40125);
    BOOST_TEST(store.try_lease(begin, 1s).value().has_value());
}

BOOST_AUTO_TEST_CASE(renew_token_gives_up_when_the_holder_never_ends) {
    logged_store store;
    BOOST_REQUIRE(store.try_lease(begin, 24h).value());
    auto flow = make(store);
    auto now = begin;
    for (auto a = flow.next(now); !std::holds_alternative<done>(a); a = flow.next(now))
        now = std::get<wait>(a).until;
    BOOST_CHECK(now - begin >= 90s);
    BOOST_CHECK(std::move(flow).take().error() == errc::timeout);
}

BOOST_AUTO_TEST_CASE(renew_token_cancelled_gives_the_lease_back) {
    logged_store store;
    auto flow = make(store);
    BOOST_REQUIRE(std::holds_alternative<send>(flow.next(begin)));
    flow.cancel();
    BOOST_CHECK(std::move(flow).take().error() == errc::cancelled);
    BOOST_TEST(store.try_lease(begin, 1s).value().has_value());
}

// Every order of eight moves, each a step of one of three participants or a stall past the lease; the first participant
// was refused the stored token. All orders are then run to their end.
BOOST_AUTO_TEST_CASE(renew_token_every_interleaving_of_three_clients) {
    constexpr int moves = 8;
    constexpr unsigned kinds = 4;
    std::uint64_t wrong = 0, schedules = 0;
    unsigned total = 1;
    for (int i = 0; i != moves; ++i) total *= kinds;
    for (unsigned schedule = 0; schedule != total; ++schedule, ++schedules) {
        logged_store store;
        service s;
        s.issued = 1;
        auto now = begin;
        static_cast<void>(store.inner.try_lease(now, 0ms));
        static_cast<void>(store.commit({secret("T1"), 1, now + 7'200s, now + 6'900s}));
        store.committed.clear();
        std::array<participant, 3> participants{participant{make(store, {}, "T1", 1h)},
                                                participant{make(store, {}, "T1", 1h)},
                                                participant{make(store, {}, {}, 1h)}};
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
        for (auto& c : participants) right = right && c.outcome && c.outcome->has_value();
        for (std::size_t i = 1; i < store.committed.size(); ++i)
            right = right && store.committed[i - 1] < store.committed[i];
        for (std::size_t i = 1; i < store.leased.size(); ++i)
            right = right && store.leased[i - 1] < store.leased[i];
        // One renewal for the rejection, and one more at most for each time that a lease ran out.
        right = right && s.issued <= 2 + stalls && (stalls != 0 || s.issued == 2);
        for (int i : {0, 1})
            right = right && (*participants[static_cast<std::size_t>(i)].outcome)->token != secret("T1");
        wrong += !right;
    }
    BOOST_TEST(schedules == 65'536u);
    BOOST_TEST(wrong == 0u);
}
