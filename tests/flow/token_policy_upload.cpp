// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/flow/upload.hpp>
#include <wxmp/flow/with_policies.hpp>
#include <wxmp/testing/platform.hpp>
#include <wxmp/transport/token_policy.hpp>

#include <boost/test/unit_test.hpp>

#include "at_once.hpp"
#include "token_world.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(flow_token_policy_upload)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using wxmp_test::app_secret;
using wxmp_test::at;
using wxmp_test::calm;
using wxmp_test::is_free;
using wxmp_test::logged_store;
using wxmp_test::stable;
using wxmp_test::stepper;
using wxmp_test::token_in;

struct studio {
    explicit studio(std::chrono::seconds life = 7'200s) {
        p.rules().token_life = life;
        p.rules().token_overlap = 0s;
    }

    result<uploaded_video> upload_video_of(const std::string& bytes,
                                           std::function<std::size_t(std::size_t)> pick,
                                           std::chrono::milliseconds each = 0ms) {
        const memory_source source{bytes};
        upload_options how;
        how.block_size = 64;
        how.review = false;
        how.pauses.tries = 1;  // no help from there
        upload u("v.mp4", bytes.size(), {"title", "words", false}, {}, how);
        const auto serve = [&](const http::request& r, time_point) -> result<http::response> {
            now += each;
            rejections += before(r);
            return p.handle(r, at(now).wall).response;
        };
        const token_policy policy(store, stable(), {.stable_early = 0s});
        return stepper(with_policies(std::move(u), {.token = policy.provider()}, calm), store)
            .run(serve, now, source, pick);
    }

    int before(const http::request& r) const {
        const auto token = token_in(r);
        return !token.empty() && owner.tokens.fault_of(token, at(now).wall) != 0;
    }

    testing::platform p;
    testing::account& owner{p.add_account("wx1", secret(app_secret))};
    time_point now{std::chrono::seconds(1'767'240'000)};
    logged_store store{[this] { return now; }};
    int rejections{};
};

BOOST_AUTO_TEST_CASE(an_upload_survives_the_end_of_its_token_at_any_request) {
    std::string bytes;
    testing::id_source ids(3);
    for (int i = 0; i != 10 * 64 + 7; ++i) bytes += static_cast<char>(ids.number());
    for (std::uint32_t nth = 1; nth <= 14; ++nth)  // init_upload, 11 blocks, upload_finish, save_video
        for (const auto& pick : {stepper<upload>::first, stepper<upload>::last}) {
            studio s;
            // The first call gets a token; the nth one after that finds it expired.
            s.p.inject({.call = {}, .nth = nth + 1, .what = testing::fault::expire_token{}});
            const auto r = s.upload_video_of(bytes, pick);
            BOOST_TEST_REQUIRE(r.has_value());
            BOOST_TEST_REQUIRE(s.owner.videos.videos().size() == 1u);
            BOOST_TEST((s.owner.videos.uploads().front().bytes() == bytes));
            BOOST_TEST(s.owner.tokens.issued().size() == 2u);
            BOOST_TEST(s.p.calls<auth::stable_token>() == 2u);
        }
}

BOOST_AUTO_TEST_CASE(an_upload_outlives_many_tokens) {
    const std::string bytes(40 * 64, 'x');
    studio s(20s);
    BOOST_TEST(s.upload_video_of(bytes, stepper<upload>::first, 3s).has_value());
    BOOST_TEST(s.owner.tokens.issued().size() >= 5u);
    // An answer takes a while here: asked for at what may be its end, the same token may come once more.
    BOOST_TEST(s.p.calls<auth::stable_token>() >= s.owner.tokens.issued().size());
    BOOST_TEST(s.p.calls<auth::stable_token>() <= 2 * s.owner.tokens.issued().size());
    BOOST_TEST(s.owner.videos.videos().size() == 1u);
}

// An upload waits for what is under way; what was not sent must not look as if it were.
BOOST_AUTO_TEST_CASE(a_cancelled_upload_drains_and_can_go_on) {
    const std::string bytes(5 * 64, 'x');
    const memory_source source{bytes};
    int ended = 0;
    for (int steps = 0; steps != 90; ++steps) {
        testing::platform p;
        p.add_account("wx1", secret(app_secret));
        p.inject({.call = {}, .nth = 5, .what = testing::fault::expire_token{}});
        time_point now{std::chrono::seconds(1'767'240'000)};
        logged_store store([&] { return now; });
        std::optional<upload_record> record;
        upload_options how;
        how.block_size = 64;
        how.review = false;
        how.persist = [&](const upload_record& r) { return record = r, result<void>(); };
        const auto serve = [&](const http::request& r, time_point t) -> result<http::response> {
            return p.handle(r, at(t).wall).response;
        };
        const auto steps_of = [&](upload u) {
            const token_policy policy(store, stable());
            return stepper(with_policies(std::move(u), {.token = policy.provider()}, calm), store);
        };
        auto run = steps_of(upload("v.mp4", bytes.size(), {"t", "w", false}, {}, how));
        for (int i = 0; i != steps && !run.outcome(); ++i)
            if (!run.ask(now, source)) run.answer(serve, now);
        if (!run.outcome()) {
            run.flow().cancel();
            const auto r = run.run(serve, now, source);  // it may have been at its end
            BOOST_TEST((r.has_value() || r.error() == errc::cancelled));
            BOOST_TEST(is_free(store));
        }
        ended += run.outcome()->has_value();
        if (!record) continue;
        BOOST_CHECK(record->unanswered == unanswered_call::none);
        now += 2s;
        auto again = steps_of(upload(*record, {}, how));
        BOOST_TEST(again.run(serve, now, source).has_value());
    }
    BOOST_TEST(ended > 0);
    BOOST_TEST(ended < 90);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
