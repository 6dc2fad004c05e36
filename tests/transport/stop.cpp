// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Every flow, stopped at every one of its steps, in all three styles.
#include <wxmp/api/draft/add.hpp>
#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/api/openapi/clear_quota.hpp>
#include <wxmp/flow/download.hpp>
#include <wxmp/flow/pages.hpp>
#include <wxmp/flow/poll.hpp>
#include <wxmp/flow/publish_draft.hpp>
#include <wxmp/flow/quota.hpp>

#include <boost/test/unit_test.hpp>

#include "../flow/token_world.hpp"
#include "step_flows.hpp"
#include <atomic>
#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_stop)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using namespace wxmp_test;

// How often a run of this flow was stopped, until a stop came too late. Afterwards each time: the flow has told
// what it had to, no lease is held, and the client makes the next call.
struct tally {
    int cancelled{}, unknown{}, done{};
};

template <class Style, class Make> tally stop_at_each_step(Make make) {
    tally t;
    for (int at = 0;; ++at) {
        step_world w;
        typename Style::kit kit(w);
        const auto [flow, options] = make(w, kit);
        const auto end = Style::run(w, kit, flow(), options, at);
        const bool is_over = w.steps <= at;
        w.act_at = -1;
        BOOST_REQUIRE_MESSAGE(end, "nothing was told, stopped at step " << at);
        if (!*end) ++t.done;
        else if (**end == errc::cancelled) ++t.cancelled;
        else if (**end == errc::outcome_unknown) ++t.unknown;
        else BOOST_ERROR("stopped at step " << at << " it ended in " << (**end).message());
        BOOST_TEST(is_free(w.store), "a lease is held, stopped at step " << at);
        const auto next = Style::run(w, kit, call<draft::count>(draft::count{}, w.options));
        BOOST_TEST((next && !*next), "the next call fails, stopped at step " << at);
        if (is_over) return t;
        BOOST_REQUIRE(at < 500);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_call_that_is_safe_to_repeat, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) {
        return to_run{[&w] { return call<draft::count>(draft::count{}, w.options); }};
    });
    BOOST_TEST(t.cancelled >= 6);  // load, lease, load, the token, commit, release, and the call
    BOOST_TEST(t.unknown == 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_call_that_is_not, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) {
        return to_run{[&w] { return call<openapi::clear_quota>(openapi::clear_quota{"wx1"}, w.options); }};
    });
    BOOST_TEST(t.cancelled >= 6);
    BOOST_TEST(t.unknown == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_renewal_before_the_end_of_a_token, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto& kit) {
        BOOST_REQUIRE(Style::run(w, kit, call<draft::count>(draft::count{}, w.options)));
        w.clock.advance(6'950s);
        return to_run{[&w] { return call<draft::count>(draft::count{}, w.options); }};
    });
    BOOST_TEST(t.cancelled + t.done >= 6);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_refused_token, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto& kit) {
        BOOST_REQUIRE(Style::run(w, kit, call<draft::count>(draft::count{}, w.options)));
        w.expire_token();
        return to_run{[&w] { return call<draft::count>(draft::count{}, w.options); }};
    });
    BOOST_TEST(t.cancelled >= 8);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(retries_in_their_pauses, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) {
        for (unsigned n = 1; n != 4; ++n) w.refuse(draft::count::at.path, n, n == 2 ? 45011 : -1);
        return to_run{[&w] { return call<draft::count>(draft::count{}, w.options); }};
    });
    BOOST_TEST(t.cancelled >= 12);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_download, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) {
        const auto id = w.add_cover();
        return to_run{[&w, id] {
            return download(
                material::get_material{id}, [](std::string_view) { return result<void>(); }, w.options);
        }};
    });
    BOOST_TEST(t.cancelled >= 6);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(pages_of_a_list, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) {
        w.add_drafts(5);
        return to_run{[&w] {
            return pages<draft::batchget>(
                {0, 2, {}}, [](auto&&) { return true; }, w.options);
        }};
    });
    BOOST_TEST(t.cancelled >= 8);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_poll_in_its_pauses, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) {
        patience::left = 3;
        return to_run{[&w] { return poll_patience({}, default_poll_pauses, w.options); }};
    });
    BOOST_TEST(t.cancelled >= 10);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_left_of_a_quota, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) {
        return to_run{[&w] { return read_quota::of<draft::add, draft::count>(w.options); }};
    });
    BOOST_TEST(t.cancelled >= 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_forced_renewal, Style, styles) {
    const auto t = stop_at_each_step<Style>(
        [](step_world& w, auto& kit) { return to_run{[&] { return kit.policy.force_renewal(w.options); }}; });
    BOOST_TEST(t.cancelled >= 5);
}

// The calls that make something are told from the others; the blocks may be sent again.
BOOST_AUTO_TEST_CASE_TEMPLATE(an_upload, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) { return small_upload(w); });
    BOOST_TEST(t.cancelled >= 20);
    BOOST_TEST(t.unknown == 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_publication, Style, styles) {
    const auto t = stop_at_each_step<Style>([](step_world& w, auto&) {
        const auto media_id = w.add_drafts(1);
        return to_run{[&w, media_id] { return publish_draft(media_id, w.options); }};
    });
    BOOST_TEST(t.cancelled >= 10);
    BOOST_TEST(t.unknown == 1);
}

// ---- A deadline

BOOST_AUTO_TEST_CASE_TEMPLATE(a_deadline_ends_a_pause, Style, styles) {
    step_world w;
    typename Style::kit kit(w);
    patience::left = 1'000;
    const auto begin = w.clock.now().steady;
    const auto end = Style::run(w, kit, poll_patience({}, default_poll_pauses, w.options), {.deadline = 20s});
    BOOST_REQUIRE(end && *end);
    BOOST_CHECK(**end == errc::deadline_exceeded);
    BOOST_CHECK(!(**end == condition::outcome_unknown));
    BOOST_CHECK(w.clock.now().steady - begin == 20s);
    BOOST_TEST(is_free(w.store));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_deadline_ends_the_wait_for_a_token, Style, styles) {
    step_world w;
    typename Style::kit kit(w);
    BOOST_REQUIRE(w.store.inner.lease(1h).value());  // somebody else, who never ends
    const auto begin = w.clock.now().steady;
    const auto end = Style::run(w, kit, call<openapi::clear_quota>(openapi::clear_quota{"wx1"}, w.options),
                                {.deadline = 15s});
    BOOST_REQUIRE(end && *end);
    BOOST_CHECK(**end == errc::deadline_exceeded);
    BOOST_CHECK(w.clock.now().steady - begin == 15s);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_deadline_that_is_met_changes_nothing, Style, styles) {
    for (const auto deadline : {0ms, 7ms, std::chrono::milliseconds::max()}) {
        step_world w;
        typename Style::kit kit(w);
        const auto end =
            Style::run(w, kit, call<draft::count>(draft::count{}, w.options), {.deadline = deadline});
        BOOST_TEST((end && !*end));
    }
}

// An exchange gets no more time than the run has left.
BOOST_AUTO_TEST_CASE(a_deadline_limits_each_exchange) {
    struct slow {
        step_world& w;
        std::vector<std::chrono::milliseconds> timeouts{};
        result<http::response> send(const http::request& r) {
            timeouts.push_back(r.timeout);
            w.clock.advance(4s);
            return w.answer(r);
        }
        void wait_until(time_point t) { w.clock.wait_until(t); }
        instant now() const { return w.clock.now(); }
    };
    step_world w;
    client c(slow{w}, w.options);
    patience::left = 1'000;
    BOOST_CHECK(c.run(poll_patience({}, {.first = 1s, .factor = 1}, w.options), {.deadline = 10s})
                    .error()
                    .api_code() == 41001);
    c.access_token(w.token());
    BOOST_CHECK(c.run(poll_patience({}, {.tries = 0, .first = 1s, .factor = 1}, w.options), {.deadline = 12s})
                    .error() == errc::deadline_exceeded);
    const std::vector expected{10'000ms, 12'000ms, 7'000ms, 2'000ms};
    BOOST_TEST((c.next_layer().timeouts == expected));
}

// ---- In real time: these do not end unless a stop ends them

struct no_clock {
    result<http::response> send(const http::request&) { return error(errc::unexpected_event); }
};

struct sleeper {
    using value_type = int;
    bool is_over{};
    flows::action next(instant) {
        return is_over ? flows::action(flows::done{}) : flows::wait{time_point::max()};
    }
    void on(flows::event, instant) {}
    void cancel() { is_over = true; }
    result<int> take() && { return error(errc::cancelled); }
};

BOOST_AUTO_TEST_CASE(a_stop_wakes_a_sleeper) {
    std::stop_source source;
    std::jthread other([source]() mutable {
        std::this_thread::sleep_for(20ms);
        source.request_stop();
    });
    client c(no_clock{});
    BOOST_CHECK(c.run(sleeper{}, {.stop = source.get_token()}).error() == errc::cancelled);
    BOOST_CHECK(c.run(sleeper{}, {.stop = source.get_token()}).error() == errc::cancelled);
    BOOST_CHECK(c.run(sleeper{}, {.deadline = 20ms}).error() == errc::deadline_exceeded);
}

// A stop from another thread, at any moment of a run that has much to do. On a busy machine most come too late.
BOOST_AUTO_TEST_CASE(a_stop_may_come_from_any_thread_at_any_time) {
    int cancelled = 0;
    const auto patience = std::chrono::steady_clock::now() + 20s;
    for (int i = 0; i < 200 || (cancelled == 0 && std::chrono::steady_clock::now() < patience); ++i) {
        step_world w;
        blocking_style::kit kit(w);
        std::stop_source source;
        std::atomic<bool> is_running{};
        const std::jthread other([&, i] {
            while (!is_running) std::this_thread::yield();
            for (int spin = 0; spin < i % 200 * 20; ++spin) static_cast<void>(is_running.load());
            source.request_stop();
        });
        is_running = true;
        const auto r = kit.client(draft::count{}, {.stop = source.get_token()});
        BOOST_TEST((r || r.error() == errc::cancelled));
        BOOST_TEST(is_free(w.store));
        cancelled += !r;
    }
    BOOST_TEST(cancelled > 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
