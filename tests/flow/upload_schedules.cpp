// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The upload against the simulated platform in virtual time: several requests under way, ended in any order,
// each of them perhaps with a fault. However it ends, what was persisted must lead to the one right video.
#include <wxmp/api/auth/stable_token.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/testing/platform.hpp>

#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include "at_once.hpp"
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_upload_schedules)

namespace {

using namespace wxmp;
using wxmp_test::at;

constexpr std::uint32_t block_size = 64;

// What goes wrong with one request.
enum class trouble { none, unreachable, lost_request, lost_answer, http_500, busy, cut, refused };
constexpr trouble troubles[] = {trouble::unreachable, trouble::lost_request, trouble::lost_answer,
                                trouble::http_500,    trouble::busy,         trouble::cut,
                                trouble::refused};

using schedule = std::function<trouble(std::size_t request)>;

struct world {
    world() {
        p.add_account("wx1", secret("s1"));
        auto r = prepare(auth::stable_token{.appid = "wx1", .secret = secret("s1")}).value();
        token = complete<auth::stable_token>(p.handle(r, at(now).wall).response).value().access_token;
    }
    const testing::video_store& videos() const { return p.find_account("wx1")->videos; }

    testing::platform p;
    time_point now{std::chrono::hours(500'000)};
    secret token;
    std::string source;
};

std::string content(std::size_t size) {
    std::mt19937 random(7);
    std::string s(size, '\0');
    for (char& c : s) c = static_cast<char>(random());
    return s;
}

// Carries out what a flow wants, with everything that it lets be under way at once.
class runner {
public:
    runner(world& w, schedule faults, std::mt19937_64& random)
        : w_(w), faults_(std::move(faults)), random_(random) {}

    // Cancels it at a step, unless there are fewer.
    result<uploaded_video> run(upload& u, std::size_t cancel_at = 10'000) {
        for (std::size_t step = 0; step != 10'000; ++step) {
            if (step == cancel_at) u.cancel();
            auto a = u.next(at(w_.now));
            if (std::holds_alternative<flows::done>(a)) return std::move(u).take();
            if (auto* s = std::get_if<flows::send>(&a)) under_way_.push_back(answer_to(*s));
            if (auto* f = std::get_if<flows::fetch>(&a)) under_way_.push_back(bytes_for(*f));
            most_ = std::max(most_, under_way_.size());
            if (auto* w = std::get_if<flows::wait>(&a); w && !finish_one(u) && !sleep_until(w->until))
                return error(errc::timeout, "stuck");
        }
        return error(errc::timeout, "endless");
    }

    std::size_t most_under_way() const { return most_; }
    std::size_t requests() const { return requests_; }

private:
    flows::event bytes_for(const flows::fetch& f) {
        return flows::fetched{f.id, {}, w_.source.substr(f.offset, f.size)};
    }

    flows::event answer_to(const flows::send& s) {
        authorize(*s.request, w_.token);
        const auto ask = [&] { return w_.p.handle(*s.request, at(w_.now).wall).response; };
        switch (faults_(requests_++)) {
        case trouble::none: return flows::answered{s.id, ask(), {}};
        case trouble::unreachable: return flows::failed{s.id, error(errc::connect_failed)};
        case trouble::lost_request: return flows::failed{s.id, error(errc::timeout)};
        case trouble::lost_answer:
            return ask(), flows::event(flows::failed{s.id, error(errc::connection_lost)});
        case trouble::http_500: return flows::answered{s.id, {500, {}, "<html>"}, {}};
        case trouble::busy: return flows::answered{s.id, write_error(-1, "system error"), {}};
        case trouble::refused: return flows::answered{s.id, write_error(48001, "api unauthorized"), {}};
        case trouble::cut: break;
        }
        auto r = ask();
        r.body.resize(r.body.size() / 2);
        return flows::answered{s.id, r, {}};
    }

    bool finish_one(upload& u) {
        if (under_way_.empty()) return false;
        const auto i = under_way_.begin() + static_cast<std::ptrdiff_t>(random_() % under_way_.size());
        auto e = std::move(*i);
        under_way_.erase(i);
        w_.now += std::chrono::milliseconds(7);
        u.on(std::move(e), at(w_.now));
        return true;
    }

    bool sleep_until(time_point t) {
        if (t == time_point::max()) return false;
        w_.now = std::max(w_.now, t);
        return true;
    }

    world& w_;
    schedule faults_;
    std::mt19937_64& random_;
    std::vector<flows::event> under_way_;
    std::size_t requests_{};
    std::size_t most_{};
};

struct outcome {
    bool consented{};  // the caller had to say that a call may be repeated
    int runs{};
    std::string wrong;  // empty: all is well
};

upload_options make_options(std::optional<std::string>& stored, bool consent = false) {
    upload_options how;
    how.block_size = block_size;
    how.window = 3;
    how.repeat_unanswered = consent;
    how.persist = [&stored](const upload_record& r) -> result<void> {
        stored = write_upload_record(r).value();
        return {};
    };
    return how;
}

upload make_upload(const world& w, std::optional<std::string>& stored, bool consent) {
    if (stored) return upload(read_upload_record(*stored).value(), {}, make_options(stored, consent));
    return upload("v.mp4", w.source.size(), {.title = "t", .video_desc = "d", .declare_ori = false}, {},
                  make_options(stored));
}

// Runs until it is done, going on from what was persisted; the faults are for the first run.
outcome run_to_the_end(schedule faults, std::uint64_t seed, std::size_t size) {
    world w;
    std::mt19937_64 random(seed);
    w.source = content(size);
    std::optional<std::string> stored;
    outcome out;
    for (; out.runs != 4; ++out.runs) {
        bool consent = false;
        if (stored) consent = read_upload_record(*stored).value().unanswered != unanswered_call::none;
        out.consented = out.consented || consent;
        auto u = make_upload(w, stored, consent);
        runner r(w, out.runs == 0 ? faults : schedule([](std::size_t) { return trouble::none; }), random);
        const auto video = r.run(u);
        if (r.most_under_way() > 4) out.wrong = "more under way than the window allows";
        if (video) break;
        const auto e = video.error();
        if (e.detail() == "stuck" || e.detail() == "endless") return out.wrong = e.detail(), out;
        const auto at_rest = u.record().unanswered != unanswered_call::none;
        if ((e == errc::outcome_unknown && e.detail() != "block" && at_rest) != at_rest)
            out.wrong = "an unanswered call without outcome_unknown";
    }
    if (out.runs == 4) out.wrong = "not done in four runs";
    if (w.videos().videos().empty()) return out.wrong = "no video", out;
    const auto* stored_upload = w.videos().find_upload(w.videos().videos().back().saved.content);
    if (!stored_upload || stored_upload->bytes() != w.source) out.wrong = "other bytes than the source's";
    if (!out.consented && w.videos().videos().size() != 1) out.wrong = "a doubled video without consent";
    if (!out.consented && w.videos().uploads().size() != 1) out.wrong = "a doubled upload without consent";
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(without_trouble_in_any_order) {
    for (std::uint64_t seed = 0; seed != 50; ++seed) {
        const auto o = run_to_the_end([](std::size_t) { return trouble::none; }, seed, 4 * block_size + 9);
        BOOST_TEST(o.wrong == "");
        BOOST_TEST(o.runs == 0);
        BOOST_TEST(!o.consented);
    }
}

BOOST_AUTO_TEST_CASE(every_single_fault_over_five_blocks) {
    int consents = 0;
    for (std::size_t request = 0; request != 10; ++request)
        for (const auto t : troubles) {
            const auto o = run_to_the_end([=](std::size_t n) { return n == request ? t : trouble::none; },
                                          request, 4 * block_size + 9);
            BOOST_TEST(o.wrong == "",
                       "request " << request << ", trouble " << static_cast<int>(t) << ": " << o.wrong);
            consents += o.consented;
        }
    // init_upload and save_video, each with its request lost, its answer lost, a 500 and half an answer.
    BOOST_TEST(consents == 8);
}

BOOST_AUTO_TEST_CASE(random_schedules, *boost::unit_test::label("slow")) {
    constexpr std::uint64_t schedules = wxmp_test::is_thorough ? 10'000 : 300;
    std::size_t wrong = 0;
    for (std::uint64_t seed = 0; seed != schedules; ++seed) {
        auto dice = std::make_shared<std::mt19937_64>(seed * 3 + 1);
        const auto faults = [dice](std::size_t) {
            const auto n = (*dice)() % 20;
            return n < std::size(troubles) ? troubles[n] : trouble::none;
        };
        const auto o = run_to_the_end(faults, seed, 4 * block_size + 1 + seed % block_size);
        if (o.wrong.empty()) continue;
        ++wrong;
        BOOST_ERROR("seed " << seed << ": " << o.wrong);
        if (wrong == 5) break;
    }
    BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_CASE(cancelled_at_any_point_resumes) {
    std::size_t cancelled = 0;
    for (std::size_t point = 0; point != 60; ++point) {
        world w;
        std::mt19937_64 random(point);
        w.source = content(4 * block_size + 9);
        std::optional<std::string> stored;
        runner r(
            w, [&](std::size_t) { return trouble::none; }, random);
        auto u = make_upload(w, stored, false);
        const auto ended = r.run(u, point);
        if (!ended) BOOST_TEST((ended.error() == errc::cancelled));
        cancelled += !ended;
        // All that is known was stored, also what was answered while it drained.
        if (stored) BOOST_TEST((*stored == write_upload_record(u.record()).value()));
        BOOST_TEST((stored || !u.record().filesha));
        auto again = make_upload(w, stored, false);
        const auto video = r.run(again);
        BOOST_REQUIRE_MESSAGE(video, "cancelled at step " << point << ": " << video.error().message());
        BOOST_TEST(w.videos().videos().size() == 1u);
        BOOST_TEST(w.videos().uploads().size() == 1u);
        BOOST_TEST(w.videos().find_upload(video->vid)->repeated_blocks == 0u);
        BOOST_TEST((w.videos().find_upload(video->vid)->bytes() == w.source));
    }
    BOOST_TEST(cancelled > 25u);
}

BOOST_AUTO_TEST_CASE(names_a_block_that_changed_and_does_not_send_it) {
    for (std::uint32_t changed = 0; changed != 5; ++changed) {
        world w;
        std::mt19937_64 random(changed);
        w.source = content(4 * block_size + 9);
        const auto original = w.source;
        std::optional<std::string> stored;
        auto u = make_upload(w, stored, false);
        runner r(
            w,
            [&](std::size_t n) {
                if (n == 0) w.source[changed * block_size] ^= 1;  // between hashing and sending
                return trouble::none;
            },
            random);
        const auto video = r.run(u);
        BOOST_REQUIRE(!video);
        BOOST_TEST((video.error() == errc::source_changed));
        BOOST_TEST(video.error().detail() == "block " + std::to_string(changed + 1));
        for (const auto& [number, b] : w.videos().uploads().front().blocks)
            BOOST_TEST(b.bytes == original.substr((number - 1) * block_size, block_size));
        w.source = original;
        auto again = make_upload(w, stored, false);
        BOOST_TEST(r.run(again).has_value());
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_damaged_or_foreign_record) {
    world w;
    std::mt19937_64 random(1);
    std::optional<std::string> stored;
    w.source = content(4 * block_size);
    auto u = make_upload(w, stored, false);
    BOOST_REQUIRE(runner(
                      w, [](std::size_t) { return trouble::none; }, random)
                      .run(u));
    BOOST_REQUIRE(read_upload_record(*stored));
    std::size_t refused = 0;
    for (std::size_t i = 0; i != stored->size(); ++i) {
        auto text = *stored;
        text[i] = text[i] == '1' ? '2' : '1';
        const auto r = read_upload_record(text);
        refused += !r && r.error() == errc::bad_record;
    }
    BOOST_TEST(refused == stored->size());
    for (const char* foreign : {"", "{}", "[]", "null", "{\"format\":\"other\"}"}) {
        const auto r = read_upload_record(foreign);
        BOOST_TEST((!r && r.error() == errc::bad_record));
    }
}

BOOST_AUTO_TEST_CASE(record_of_two_gib_is_small) {
    upload_record r{.filename = "v.mp4",
                    .filesize = std::uint64_t{1} << 31,
                    .block_size = 1u << 20,
                    .video = {"t", "d", false}};
    r.filesha = sha1_digest{};
    r.part_shas.each.resize(r.plan().count());
    r.vid = "wxv_1";
    r.arrived.has.assign(r.plan().count(), true);
    const auto text = write_upload_record(r);
    BOOST_REQUIRE(text);
    BOOST_TEST(text->size() < 60u * 1024);
    BOOST_TEST((read_upload_record(*text)->part_shas == r.part_shas));
}

BOOST_AUTO_TEST_SUITE_END()
