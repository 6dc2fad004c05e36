// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The process ends at any moment, without a word to the upload: what it stored is all that is left.
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/testing/platform.hpp>

#include <boost/test/unit_test.hpp>

#include "at_once.hpp"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <variant>

BOOST_AUTO_TEST_SUITE(flow_upload_crashes)

namespace {

using namespace wxmp;
using wxmp_test::at;

constexpr std::uint32_t window = 3;
constexpr std::size_t for_ever = 10'000;

class world {
public:
    world() {
        p_.add_account("wx1", secret("s1"));
        const auto r = prepare(auth::stable_token{.appid = "wx1", .secret = secret("s1")}).value();
        token_ = complete<auth::stable_token>(p_.handle(r, at(now_).wall).response).value().access_token;
        for (std::size_t i = 0; i != 6 * 64 + 9; ++i) source.push_back(static_cast<char>(i * i + i / 7));
    }

    // A process that takes so many steps and then is no more. The service has carried out all that was sent.
    std::optional<result<uploaded_video>> run(std::size_t steps, bool consent = false) {
        upload_options how;
        how.block_size = 64;
        how.window = window;
        how.repeat_unanswered = consent;
        how.persist = [this](const upload_record& r) -> result<void> {
            stored = write_upload_record(r).value();
            return {};
        };
        auto u = stored ? upload(read_upload_record(*stored).value(), {}, how)
                        : upload("v.mp4", source.size(), {"t", "d", false}, {}, how);
        std::deque<flows::event> under_way;
        for (; steps != 0; --steps) {
            auto a = u.next(at(now_));
            if (std::holds_alternative<flows::done>(a)) return std::move(u).take();
            if (auto* s = std::get_if<flows::send>(&a))
                under_way.push_back(flows::answered{s->id, carry_out(*s), {}});
            if (auto* f = std::get_if<flows::fetch>(&a))
                under_way.push_back(flows::fetched{f->id, {}, source.substr(f->offset, f->size)});
            if (auto* w = std::get_if<flows::wait>(&a)) pass(u, under_way, w->until);
        }
        return std::nullopt;
    }

    const testing::video_store& videos() const { return p_.find_account("wx1")->videos; }
    std::uint64_t opened() const { return p_.calls<upload_video::init_upload>(); }
    std::uint64_t saved() const { return p_.calls<upload_video::save_video>(); }

    std::string source;
    std::optional<std::string> stored;

private:
    http::response carry_out(const flows::send& s) {
        authorize(*s.request, token_);
        return p_.handle(*s.request, at(now_).wall).response;
    }

    void pass(upload& u, std::deque<flows::event>& under_way, time_point until) {
        if (under_way.empty()) return void(now_ = std::max(now_, until));
        u.on(std::move(under_way.front()), at(now_));
        under_way.pop_front();
    }

    testing::platform p_;
    time_point now_{std::chrono::hours(500'000)};
    secret token_;
};

// Goes on after a crash. Returns the call that was left unanswered, if it needed consent for that.
unanswered_call go_on(world& w) {
    const auto opened = w.opened(), saved = w.saved();
    const auto asks = w.stored ? read_upload_record(*w.stored).value().unanswered : unanswered_call::none;
    auto ended = w.run(for_ever);
    BOOST_REQUIRE(ended);
    if (asks != unanswered_call::none) {
        BOOST_REQUIRE(ended->has_error());
        BOOST_TEST((ended->error() == errc::outcome_unknown));
        BOOST_TEST((w.opened() == opened && w.saved() == saved), "sent again without consent");
        ended = w.run(for_ever, true);
    }
    BOOST_REQUIRE(ended);
    BOOST_REQUIRE_MESSAGE(ended->has_value(), ended->error().message());
    return asks;
}

BOOST_AUTO_TEST_CASE(after_a_crash_at_any_step_nothing_is_made_twice_without_consent) {
    std::size_t consents = 0, steps = 0;
    for (world whole; !whole.run(++steps);) whole = world();
    for (std::size_t at = 0; at != steps; ++at) {
        BOOST_TEST_CONTEXT("step " << at) {
            world w;
            BOOST_REQUIRE(!w.run(at));
            const auto asked = go_on(w);
            consents += asked != unanswered_call::none;
            BOOST_TEST(w.opened() == (asked == unanswered_call::init_upload ? 2u : 1u));
            BOOST_TEST(w.saved() == (asked == unanswered_call::save_video ? 2u : 1u));
            const auto* made = w.videos().find_upload(w.videos().videos().back().saved.content);
            BOOST_REQUIRE(made);
            BOOST_TEST((made->bytes() == w.source));
            BOOST_TEST(made->repeated_blocks <= window);
        }
    }
    BOOST_TEST(consents >= 2u);
    BOOST_TEST(steps > 30u);
}

// The state of a crashed process, resumed by one that crashes as well, and so on.
BOOST_AUTO_TEST_CASE(crashes_all_along_the_way) {
    for (std::size_t each = 3; each != 12; ++each) {
        world w;
        bool consented = false;
        int runs = 0;
        for (; runs != 1000; ++runs) {
            const bool asks =
                w.stored && read_upload_record(*w.stored).value().unanswered != unanswered_call::none;
            consented = consented || asks;
            const auto ended = w.run(each + static_cast<std::size_t>(runs), asks);
            if (ended && ended->has_value()) break;
        }
        BOOST_TEST_CONTEXT(each << " steps at first") {
            BOOST_TEST(runs < 1000);
            const auto* made = w.videos().find_upload(w.videos().videos().back().saved.content);
            BOOST_REQUIRE(made);
            BOOST_TEST((made->bytes() == w.source));
            if (!consented) BOOST_TEST((w.opened() == 1u && w.saved() == 1u));
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
