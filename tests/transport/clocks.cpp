// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Somebody sets the clock on the wall by a day, forward or back, in the middle of a flow: no wait changes. Or the
// machine sleeps for a day, in which its steady clock stands still: what ended meanwhile is found out, once.
#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/flow/pages.hpp>
#include <wxmp/flow/publish_draft.hpp>
#include <wxmp/flow/quota.hpp>

#include <boost/test/unit_test.hpp>

#include "step_flows.hpp"
#include <chrono>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(transport_clocks)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using namespace wxmp_test;

// Runs what `make` makes, twice: the second time the clock is set at this step. Whether that changes nothing.
template <class Style, class Make> void set_at_each_step(Make make, int least_steps) {
    const auto run = [&](int at, std::chrono::milliseconds by) {
        step_world w;
        typename Style::kit kit(w);
        const auto [flow, options] = make(w, kit);
        w.act_at = at;
        w.act = [&] { w.clock.set_wall(by); };
        const auto end = Style::run(w, kit, flow(), options);
        BOOST_TEST((end && !*end), "it fails, set at step " << at);
        return w.times;
    };
    const auto expected = run(-1, 0ms);
    const auto steps = static_cast<int>(expected.size());
    BOOST_TEST(steps >= least_steps);
    for (int at = 0; at != steps; ++at)
        for (const auto by : {24h, -24h})
            BOOST_TEST((run(at, by) == expected), "other times, set at step " << at);
}

// Runs what `make` makes; at each step in turn, the machine sleeps. A token that ended is replaced, by one.
template <class Style, class Make> void sleep_at_each_step(Make make, int least_steps) {
    int steps = 1;
    for (int at = -1; at != steps; ++at) {
        step_world w;
        typename Style::kit kit(w);
        const auto [flow, options] = make(w, kit);
        const auto before = w.store.committed.size();
        const auto began = w.clock.now().steady;
        w.act_at = at;
        w.act = [&] { w.asleep += 24h, w.clock.set_wall(24h); };
        const auto end = Style::run(w, kit, flow(), options);
        BOOST_TEST((end && !*end), "it fails, asleep at step " << at);
        BOOST_TEST(w.store.committed.size() - before <= 2u, "a storm of tokens, asleep at step " << at);
        BOOST_TEST(((w.clock.now().steady - began) < 10min), "it waits, asleep at step " << at);
        if (at < 0) steps = w.steps;
    }
    BOOST_TEST(steps >= least_steps);
}

constexpr auto upload_whose_vid_ages = [](step_world& w, auto&) {
    return small_upload(w, [](upload_options& how) { how.vid_life = 1h; });
};

constexpr auto publication = [](step_world& w, auto&) {
    const auto media_id = w.add_drafts(1);
    return to_run{[&w, media_id] { return publish_draft(media_id, w.options); }};
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_call_with_pauses, Style, styles) {
    set_at_each_step<Style>(
        [](step_world& w, auto&) {
            for (unsigned n = 1; n != 5; ++n) w.refuse(draft::count::at.path, n, n == 2 ? 45011 : -1);
            return to_run{[&w] { return call<draft::count>(draft::count{}, w.options); }};
        },
        12);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_token_that_is_due, Style, styles) {
    set_at_each_step<Style>(
        [](step_world& w, auto& kit) {
            BOOST_REQUIRE(Style::run(w, kit, call<draft::count>(draft::count{}, w.options)));
            w.clock.advance(6'000s);
            patience::left = 40;
            return to_run{[&w] { return poll_patience({}, default_poll_pauses, w.options); }};
        },
        80);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_wait_for_somebody_elses_token, Style, styles) {
    set_at_each_step<Style>(
        [](step_world& w, auto&) {
            BOOST_REQUIRE(w.store.inner.lease(20s).value());
            return to_run{[&w] { return call<draft::count>(draft::count{}, w.options); }};
        },
        20);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(pages_of_a_list, Style, styles) {
    set_at_each_step<Style>(
        [](step_world& w, auto&) {
            w.add_drafts(5);
            return to_run{[&w] {
                return pages<draft::batchget>(
                    {0, 2, {}}, [](auto&&) { return true; }, w.options);
            }};
        },
        9);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_forced_renewal, Style, styles) {
    set_at_each_step<Style>(
        [](step_world& w, auto& kit) { return to_run{[&] { return kit.policy.force_renewal(w.options); }}; },
        6);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_upload_whose_vid_may_age, Style, styles) {
    set_at_each_step<Style>(upload_whose_vid_ages, 24);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_publication, Style, styles) { set_at_each_step<Style>(publication, 12); }

BOOST_AUTO_TEST_CASE_TEMPLATE(a_machine_sleeps_in_a_call, Style, styles) {
    sleep_at_each_step<Style>(
        [](step_world& w, auto&) {
            for (unsigned n = 1; n != 4; ++n) w.refuse(draft::count::at.path, n, n == 2 ? 45011 : -1);
            return to_run{[&w] { return call<draft::count>(draft::count{}, w.options); }};
        },
        12);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_machine_sleeps_before_a_call, Style, styles) {
    step_world w;
    typename Style::kit kit(w);
    BOOST_REQUIRE(Style::run(w, kit, call<draft::count>(draft::count{}, w.options)));
    w.asleep += 24h;
    const auto end = Style::run(w, kit, call<draft::count>(draft::count{}, w.options));
    BOOST_TEST((end && !*end));
    BOOST_TEST(w.store.committed.size() == 2u);
    // The call, and again after: invalidate, load, lease, load, the token, commit, release.
    BOOST_TEST(w.steps == 9);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_machine_sleeps_in_an_upload, Style, styles) {
    sleep_at_each_step<Style>(upload_whose_vid_ages, 24);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_machine_sleeps_in_a_publication, Style, styles) {
    sleep_at_each_step<Style>(publication, 12);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
