// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/flow/detail/tries.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_backoff)

namespace {

using namespace wxmp;
using namespace wxmp::detail;
using namespace std::chrono_literals;
using ms = std::chrono::milliseconds;

__extension__ typedef __int128 wide;  // holds what int64 does not

constexpr auto least = int64_limits::min(), most = int64_limits::max();
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// The ends of the range, the middle, and what is beside them.
constexpr std::int64_t numbers[] = {least, least + 1, least / 2,   least / 1000, -1'000,   -1,  0,
                                    1,     1'000,     most / 1000, most / 2,     most - 1, most};

std::int64_t clamped(wide n) { return static_cast<std::int64_t>(std::clamp<wide>(n, least, most)); }

// No overflow in a constant expression, or it would not compile.
static_assert(part_of(ms::max(), infinite) == ms::max() && part_of(ms::min(), infinite) == ms::min());
static_assert(minus(ms::min(), ms::max()) == ms::min() && minus(ms::max(), ms::min()) == ms::max());
static_assert(after(time_point::max(), 1ms) == time_point::max());
static_assert(between(time_point::min(), time_point::max()) == ms::max());

BOOST_AUTO_TEST_CASE(sums_and_products_stop_at_the_ends_of_the_range) {
    for (const auto a : numbers) {
        BOOST_TEST(negate_saturated(a) == clamped(-wide{a}));
        BOOST_TEST(to_milliseconds(std::chrono::seconds(a)).count() == clamped(wide{a} * 1000));
        for (const auto b : numbers) {
            BOOST_TEST(add_saturated(a, b) == clamped(wide{a} + b));
            if (b > 0) BOOST_TEST(multiply_saturated(a, b) == clamped(wide{a} * b));
            BOOST_TEST(after(time_point(ms(a)), ms(b)).time_since_epoch().count() == clamped(wide{a} + b));
            BOOST_TEST(after(wall_time(ms(a)), ms(b)).time_since_epoch().count() == clamped(wide{a} + b));
        }
    }
}

BOOST_AUTO_TEST_CASE(differences_stop_at_the_ends_of_the_range) {
    for (const auto a : numbers)
        for (const auto b : numbers) {
            // The negative of the least number is one less than it should be: nobody can tell.
            const auto off = b == least ? 1 : 0;
            BOOST_TEST(minus(ms(a), ms(b)).count() == clamped(wide{a} - b - off));
            BOOST_TEST(between(time_point(ms(b)), time_point(ms(a))).count() == clamped(wide{a} - b - off));
        }
}

BOOST_AUTO_TEST_CASE(a_part_is_within_the_range_whatever_the_factor) {
    const double factors[] = {-infinite, -1e308, -1.5, -1,   -0.0,  0,        5e-324,
                              0.3,       1,      2,    1e19, 1e308, infinite, nan};
    for (const auto n : numbers)
        for (const double f : factors) {
            const auto product = static_cast<double>(n) * f;
            const auto part = static_cast<double>(part_of(ms(n), f).count());
            if (product != product) BOOST_TEST(part == 0);
            else BOOST_TEST(part == std::clamp(std::trunc(product), -0x1p63, 0x1p63));
        }
    BOOST_TEST(part_of(1'000ms, 0.8).count() == 800);
    BOOST_TEST(part_of(999ms, 0.5).count() == 499);
}

// ---- Tries

// What is waited before each further try, if each fails at once.
std::vector<ms> pauses(const backoff& b, std::size_t no_more_than, std::uint64_t dice = 0) {
    tries t;
    time_point now(1h);
    std::vector<ms> all;
    t.begin(now);
    while (all.size() != no_more_than) {
        const auto due = t.again(b, now, [dice] { return dice; });
        if (!due) break;
        all.push_back(*due - now);
        now = *due;
    }
    return all;
}

BOOST_AUTO_TEST_CASE(pauses_grow_up_to_the_longest_for_so_many_tries) {
    BOOST_TEST((pauses({.tries = 6, .first = 1s, .longest = 7s}, 99) == std::vector<ms>{1s, 2s, 4s, 7s, 7s}));
    BOOST_TEST((pauses({.tries = 4, .first = 9s, .factor = 1.5, .longest = 99s}, 99) ==
                std::vector<ms>{9s, 13'500ms, 20'250ms}));
    BOOST_TEST((pauses({.tries = 3, .first = 9s, .longest = 5s}, 99) == std::vector<ms>{5s, 5s}));
    BOOST_TEST(pauses({.tries = 1}, 99).empty());
    BOOST_TEST(pauses({.tries = 0, .total = ms::max()}, 5'000).size() == 5'000u);
}

BOOST_AUTO_TEST_CASE(no_try_begins_after_the_total) {
    BOOST_TEST((pauses({.tries = 0, .first = 1s, .total = 7s}, 99) == std::vector<ms>{1s, 2s, 4s}));
    BOOST_TEST((pauses({.tries = 0, .first = 1s, .total = 6'999ms}, 99) == std::vector<ms>{1s, 2s}));
    for (const ms none : {0ms, -1ms, ms::min()}) BOOST_TEST(pauses({.tries = 0, .total = none}, 99).empty());
}

BOOST_AUTO_TEST_CASE(the_total_counts_from_when_the_first_try_begins) {
    const backoff b{.tries = 0, .first = 1s, .total = 5s};
    tries t;
    t.begin(time_point(10s));
    t.begin(time_point(99s));  // changes nothing
    BOOST_CHECK(t.again(b, time_point(14s), {}) == time_point(15s));
    BOOST_CHECK(t.due() == time_point(15s));
    BOOST_TEST(!t.again(b, time_point(14s), {}).has_value());
}

BOOST_AUTO_TEST_CASE(a_pause_that_is_nobodys_fault_uses_none_of_the_time) {
    const backoff b{.tries = 3, .first = 1s, .total = 2s};
    tries t;
    t.begin(time_point(0s));
    BOOST_CHECK(t.again_at(b, time_point(1h), time_point(1s)) == time_point(1h));
    BOOST_CHECK(t.again(b, time_point(1h), {}) == time_point(1h + 1s));
    BOOST_TEST(!t.again_at(b, time_point(2h), time_point(1h)).has_value());  // but a try
}

BOOST_AUTO_TEST_CASE(jitter_leaves_a_part_to_chance) {
    const auto highest = ~std::uint64_t{};
    backoff b{.tries = 3, .first = 1'000ms, .jitter = 1};
    BOOST_TEST((pauses(b, 99, 0) == std::vector<ms>{1'000ms, 2'000ms}));
    BOOST_TEST((pauses(b, 99, highest) == std::vector<ms>{1ms, 1ms}));
    BOOST_TEST((pauses(b, 99, highest / 2) == std::vector<ms>{501ms, 1'001ms}));
    b.jitter = 0.25;
    BOOST_TEST((pauses(b, 99, highest) == std::vector<ms>{751ms, 1'501ms}));
    for (const double none : {0.0, -1.0, -infinite, nan}) {
        b.jitter = none;
        BOOST_TEST((pauses(b, 99, highest) == std::vector<ms>{1'000ms, 2'000ms}));
    }
    for (const double all : {2.0, infinite}) {
        b.jitter = all;
        BOOST_TEST((pauses(b, 99, highest) == std::vector<ms>{1ms, 1ms}));
    }
}

BOOST_AUTO_TEST_CASE(a_factor_that_would_shorten_pauses_is_one) {
    for (const double f : {1.0, 0.5, 0.0, -2.0, -infinite, nan})
        BOOST_TEST((pauses({.tries = 3, .factor = f}, 99) == std::vector<ms>{1s, 1s}));
    for (const double f : {1e308, infinite})
        BOOST_TEST((pauses({.tries = 3, .factor = f}, 99) == std::vector<ms>{1s, 60s}));
}

BOOST_AUTO_TEST_CASE(time_passes_with_each_try_whatever_the_options) {
    constexpr std::int64_t some[] = {least, -1, 0, 1, 1'000, most};
    std::size_t checked{};
    const auto check = [&](const backoff& b, time_point now, std::uint64_t dice) {
        tries t;
        const auto began = now;
        t.begin(now);
        for (int i = 0; i != 4; ++i) {
            const auto due = t.again(b, now, [dice] { return dice; });
            if (!due) return;
            ++checked;
            BOOST_REQUIRE(*due > now || now == time_point::max());
            BOOST_REQUIRE(*due <= after(began, b.total));
            BOOST_REQUIRE(between(now, *due) <= std::max(b.longest, 1ms));
            now = *due;
        }
    };
    for (const auto first : some)
        for (const auto longest : some)
            for (const auto total : some)
                for (const double factor : {nan, 0.0, 3.0, infinite})
                    for (const double jitter : {nan, 0.0, 0.5, 1.0})
                        for (const auto now : some)
                            for (const auto dice : {std::uint64_t{}, ~std::uint64_t{}})
                                check({.tries = 0,
                                       .first = ms(first),
                                       .factor = factor,
                                       .longest = ms(longest),
                                       .jitter = jitter,
                                       .total = ms(total)},
                                      time_point(ms(now)), dice);
    BOOST_TEST(checked > 10'000u);
}

BOOST_AUTO_TEST_CASE(a_pause_until_any_time_does_not_overflow) {
    for (const auto when : numbers)
        for (const auto now : numbers) {
            tries t;
            BOOST_CHECK(t.again_at({}, time_point(ms(when)), time_point(ms(now))) == time_point(ms(when)));
            const auto due = t.again({.total = ms::max()}, time_point(ms(when)), {});
            BOOST_TEST((!due || *due >= time_point(ms(when))));
        }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
