// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/codec/url.hpp>
#include <wxmp/data/sha1.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/testing/transcript.hpp>
#include <wxmp/transport/drive.hpp>

#include <boost/test/unit_test.hpp>

#include "at_once.hpp"
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_upload)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using testing::transcript;

static_assert(flow<upload>);

const std::string content = "0123456789";
const std::string root = "/cgi-bin/material/upload_video?action=";

video_details titled() { return {"title", "words", true}; }

upload_options in_blocks_of(std::uint32_t size) {
    upload_options how;
    how.block_size = size;
    how.review = false;
    return how;
}

upload plan(std::uint32_t block_size, std::uint64_t size = content.size()) {
    return upload("film.mp4", size, titled(), {}, in_blocks_of(block_size));
}

std::string block_target(std::size_t number, std::string_view bytes) {
    return root + "upload_block&vid=v&part_sha=" + sha1_of(bytes).hex() +
           "&part_num=" + std::to_string(number);
}

// A run without a fault, block after block.
transcript faultless(std::uint32_t block_size) {
    transcript t;
    for (std::size_t at = 0; at < content.size(); at += block_size)
        t.fetches(at, content.substr(at, block_size));
    t.sends(root + "init_upload",
            R"({"filename":"film.mp4","filesha":")" + sha1_of(content).hex() + R"(","filesize":10})",
            R"({"ret":0,"vid":"v"})");
    for (std::size_t at = 0, n = 1; at < content.size(); at += block_size, ++n) {
        const auto bytes = content.substr(at, block_size);
        t.fetches(at, bytes).sends(block_target(n, bytes), bytes, R"({"ret":0})");
    }
    t.sends(root + "upload_finish&vid=v", "", R"({"ret":0})");
    t.sends(root + "save_video", R"({"title":"title","video_desc":"words","content":"v","declare_ori":1})",
            R"({"ret":0,"media_id":"m"})");
    return t;
}

// A service that takes everything, and a hook that may change what the flow is told.
class service {
public:
    std::function<void(const flows::action&, flows::event&)> meddle = [](const flows::action&,
                                                                         flows::event&) {};
    std::function<void()> look = [] {};
    std::vector<std::string> asked;  // `fetch`, or the call, in order
    std::string file = content;

    void run(upload& u) {
        testing::virtual_clock clock;
        for (int steps = 0; steps != 1000; ++steps, look()) {
            const auto a = u.next(clock.now());
            if (std::holds_alternative<flows::done>(a)) return;
            if (const auto* w = std::get_if<flows::wait>(&a)) {
                BOOST_REQUIRE_MESSAGE(w->until != time_point::max(), "it waits for nothing");
                clock.wait_until(w->until);
                continue;
            }
            auto e = outcome(a);
            meddle(a, e);
            u.on(std::move(e), clock.now());
        }
        BOOST_FAIL("it does not end");
    }

    flows::event outcome(const flows::action& a) {
        if (const auto* f = std::get_if<flows::fetch>(&a)) {
            asked.push_back("fetch");
            return flows::fetched{f->id, {}, file.substr(static_cast<std::size_t>(f->offset), f->size)};
        }
        const auto& s = std::get<flows::send>(a);
        asked.push_back(*parse_target(s.request->target.reveal()).value().find("action"));
        return flows::answered{s.id, {200, {}, R"({"ret":0,"vid":"v","media_id":"m"})"}, {}};
    }

    std::size_t count(std::string_view name) const {
        return static_cast<std::size_t>(std::count(asked.begin(), asked.end(), name));
    }
};

bool is_call(const flows::action& a, std::string_view name) {
    const auto* s = std::get_if<flows::send>(&a);
    return s && s->request->target.reveal().find("action=" + std::string(name)) != std::string::npos;
}

error outcome_of(upload u) {
    BOOST_REQUIRE(std::holds_alternative<flows::done>(u.next({})));
    auto r = std::move(u).take();
    BOOST_REQUIRE(!r);
    return r.error();
}

BOOST_AUTO_TEST_CASE(asks_for_what_was_recorded_at_any_block_size) {
    for (const std::uint32_t size : {1u, 3u, 5u, 9u, 10u, 11u, 1u << 20}) {
        auto u = plan(size);
        const auto wrong = faultless(size).check(u);
        BOOST_TEST(wrong.empty(), (wrong.empty() ? "" : wrong[0]));
        const auto v = std::move(u).take().value();
        BOOST_TEST(v.media_id == "m");
        BOOST_TEST(v.vid == "v");
        BOOST_CHECK(v.filesha == sha1_of(content));
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_at_any_step_is_the_result) {
    const auto wrong =
        faultless(3).check_each_failure([] { return plan(3); }, error::from_api(48001, "rid: 1-2"));
    BOOST_TEST(wrong.empty(), (wrong.empty() ? "" : wrong[0]));
}

BOOST_AUTO_TEST_CASE(a_lost_answer_of_what_makes_anew_leaves_the_outcome_open) {
    const auto ending = [](std::string_view target) {
        if (target == root + "init_upload") return error(errc::outcome_unknown, "init_upload");
        if (target == root + "save_video") return error(errc::outcome_unknown, "save_video");
        return error(errc::timeout, "injected");
    };
    const auto once = [] {
        auto how = in_blocks_of(3);
        how.pauses.tries = 1;
        return upload("film.mp4", content.size(), titled(), {}, how);
    };
    const auto wrong = faultless(3).check_each_failure(once, error(errc::timeout, "injected"), ending);
    BOOST_TEST(wrong.empty(), (wrong.empty() ? "" : wrong[0]));
}

BOOST_AUTO_TEST_CASE(no_call_that_makes_anew_is_sent_twice) {
    for (const std::string name : {"init_upload", "save_video"})
        for (const auto fault : {errc::timeout, errc::connection_lost}) {
            service s;
            s.meddle = [&](const flows::action& a, flows::event& e) {
                if (is_call(a, name)) e = flows::failed{0, error(fault)};
            };
            auto u = plan(3);
            s.run(u);
            BOOST_TEST(s.count(name) == 1u);
            BOOST_CHECK(std::move(u).take().error() == condition::outcome_unknown);
        }
}

// A gateway's page or half an answer says as little of what became of the call as none.
BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_read_leaves_the_outcome_open) {
    for (const std::string name : {"init_upload", "save_video"})
        for (const auto& r :
             {http::response{502, {}, "<html>"}, http::response{200, {}, "{\"ret\":0,\"vid\":\"v\""}}) {
            service s;
            s.meddle = [&](const flows::action& a, flows::event& e) {
                if (is_call(a, name)) e = flows::answered{0, r, {}};
            };
            auto u = plan(3);
            s.run(u);
            BOOST_TEST(s.count(name) == 1u);
            BOOST_CHECK(std::move(u).take().error() == errc::outcome_unknown);
        }
}

BOOST_AUTO_TEST_CASE(a_call_that_never_left_is_sent_again) {
    for (const std::string name : {"init_upload", "upload_block", "upload_finish", "save_video"}) {
        service s;
        int faults = 0;
        s.meddle = [&](const flows::action& a, flows::event& e) {
            if (is_call(a, name) && faults++ < 2)
                e = flows::failed{flows::id_of(e), error(errc::connect_failed)};
        };
        auto u = plan(10);
        s.run(u);
        BOOST_TEST(s.count(name) == 3u);
        BOOST_TEST(std::move(u).take().has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_short_source_is_told_from_a_slow_one) {
    for (const std::size_t gives : {0u, 2u, 4u}) {
        service s;
        s.meddle = [&](const flows::action& a, flows::event& e) {
            const auto* f = std::get_if<flows::fetch>(&a);
            if (f && f->offset == 3) e = flows::fetched{f->id, {}, std::string(gives, 'x')};
        };
        auto u = plan(3);
        s.run(u);
        BOOST_TEST(s.asked.size() == 2u);
        BOOST_CHECK(std::move(u).take().error() == error(errc::source_failed, "block 2"));
    }
}

BOOST_AUTO_TEST_CASE(a_changed_byte_in_any_block_is_found_before_it_is_sent) {
    for (std::size_t at = 0; at != content.size(); ++at) {
        service s;
        s.meddle = [&](const flows::action& a, flows::event&) {
            if (is_call(a, "init_upload")) s.file[at] ^= 1;
        };
        auto u = plan(3);
        s.run(u);
        const auto number = at / 3 + 1;
        BOOST_CHECK(std::move(u).take().error() ==
                    error(errc::source_changed, "block " + std::to_string(number)));
        BOOST_TEST(s.count("upload_block") == number - 1);
        BOOST_TEST(s.count("upload_finish") == 0u);
    }
}

BOOST_AUTO_TEST_CASE(progress_never_goes_back) {
    for (const std::uint32_t size : {1u, 4u, 10u}) {
        auto u = plan(size);
        upload_progress last = u.progress();
        BOOST_TEST(last.total == content.size());
        BOOST_TEST(last.bytes_per_second == 0);
        service s;
        s.look = [&] {
            const auto p = u.progress();
            BOOST_TEST((p.phase >= last.phase && p.hashed >= last.hashed && p.sent >= last.sent));
            BOOST_TEST((p.hashed <= p.total && p.sent <= p.hashed && p.total == content.size()));
            BOOST_TEST(p.blocks_sent >= last.blocks_sent);
            last = p;
        };
        s.run(u);
        BOOST_TEST(last.hashed == content.size());
        BOOST_TEST(last.sent == content.size());
        BOOST_CHECK(u.progress().phase == upload_phase::ended);
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_of_what_breaks_a_limit) {
    const auto refused = [](std::string name, std::uint64_t size, std::uint32_t block, video_details how) {
        return outcome_of(upload(std::move(name), size, std::move(how), {}, in_blocks_of(block))).message();
    };
    const std::string outside = "outside the limits of the service: ",
                      missing = "required member is missing: ",
                      init = "material/upload_video?action=init_upload: ",
                      save = "material/upload_video?action=save_video: ";
    BOOST_TEST(refused("film.mp4", 0, 1, titled()) ==
               outside + init + "filesize has 0 bytes; it must have at least 1");
    BOOST_TEST(refused("film.mp4", 2'147'483'649, 1 << 20, titled()) ==
               outside + init + "filesize has 2147483649 bytes; it must have at most 2147483648");
    BOOST_TEST(refused("", 10, 1, titled()) == missing + init + "filename is empty; the service requires it");
    BOOST_TEST(refused("film.mp4", 10, 0, titled()) ==
               outside + "upload_options: block_size is 0; it must be at least 1");
    BOOST_TEST(refused("film.mp4", 10, (1 << 20) + 1, titled()) ==
               outside + "upload_options: block_size is 1048577; it must be at most 1048576");
    BOOST_TEST(refused("film.mp4", 10, 1, {"", "", false}) ==
               missing + save + "title is empty; the service requires it");
    BOOST_TEST(refused("film.mp4", 10, 1, {std::string(65, 'x'), "", false}) ==
               outside + save + "title has 65 characters; it must have at most 64");
}

// Not when all of the file was sent.
BOOST_AUTO_TEST_CASE(texts_that_are_no_utf8_are_refused_at_once) {
    auto bad = titled();
    bad.video_desc = "\xff";
    const auto refused = [](const error& e, std::string_view member) {
        return e == errc::invalid_utf8 && e.request_member() == member;
    };
    BOOST_TEST(refused(outcome_of(upload("film.mp4", 10, bad, {}, in_blocks_of(3))), "/video_desc"));
    BOOST_TEST(refused(outcome_of(upload("\xff.mp4", 10, titled(), {}, in_blocks_of(3))), "/filename"));
    options o;
    o.host = "a\nb";
    BOOST_CHECK(outcome_of(upload("film.mp4", 10, titled(), o, in_blocks_of(3))) ==
                errc::forbidden_character);
}

BOOST_AUTO_TEST_CASE(two_gib_are_planned_in_64_bits) {
    upload u("film.mp4", 2'147'483'648, titled());
    const auto a = u.next({});
    BOOST_REQUIRE(std::holds_alternative<flows::fetch>(a));
    BOOST_TEST(std::get<flows::fetch>(a).size == 1u << 20);
    BOOST_TEST(u.progress().blocks == 2048u);
}

BOOST_AUTO_TEST_CASE(what_has_no_size_has_no_blocks) {
    BOOST_TEST(upload("film.mp4", 0, titled()).progress().blocks == 0u);
    BOOST_TEST(upload("film.mp4", 10, titled(), {}, in_blocks_of(0)).progress().blocks == 0u);
}

// All that the caller may say, and the vid besides.
BOOST_AUTO_TEST_CASE(what_the_caller_says_of_the_video_is_saved_as_it_is) {
    std::string saved;
    service s;
    s.meddle = [&](const flows::action& a, flows::event&) {
        if (is_call(a, "save_video")) saved = std::get<flows::send>(a).request->body.text();
    };
    upload u("film.mp4", content.size(),
             {.title = "title",
              .video_desc = "words",
              .declare_ori = true,
              .newcat = "c",
              .newsbcat = "s",
              .tags = std::vector<std::string>{"a", "b"},
              .cover_url = "http://x/y.jpg"},
             {}, in_blocks_of(5));
    s.run(u);
    BOOST_TEST(saved == R"({"title":"title","video_desc":"words","content":"v","declare_ori":1,"newcat":"c",)"
                        R"("newsbcat":"s","tags":["a","b"],"cover_url":"http://x/y.jpg"})");
}

// A stored record stays readable: version 1, one of two blocks has arrived.
constexpr std::string_view stored_record =
    R"({"format":"wxmp upload","version":1,"filename":"film.mp4","filesize":10,"block_size":5,)"
    R"("video":{"title":"title","video_desc":"words","declare_ori":1,"newcat":"c",)"
    R"("newsbcat":"s","tags":["a","b"],"cover_url":"http://x/y.jpg"},)"
    R"("filesha":"87acec17cd9dcd20a716cc2cf67417b71c8a7016",)"
    R"("part_shas":"EZBKTot39iQuLSiHBQI62tAKkxDyIx0oceaQoplXBPeil717xkvnIA","vid":"v","opened":1767225610,)"
    R"("arrived":"10","finished":false,"unanswered":"none",)"
    R"("digest":"43e3e9fddc27135f06eb1219df06324ff856e664"})";

BOOST_AUTO_TEST_CASE(a_stored_record_is_read_and_written_as_it_was) {
    const auto r = read_upload_record(stored_record).value();
    BOOST_TEST(write_upload_record(r).value() == stored_record);
    service s;
    upload u(r, {}, in_blocks_of(5));
    s.run(u);
    BOOST_TEST(s.count("upload_block") == 1u);
    BOOST_TEST(std::move(u).take().value().media_id == "m");
}

BOOST_AUTO_TEST_CASE(a_stored_record_with_digests_that_are_no_base64_says_so) {
    std::string text(stored_record);
    text.replace(text.find("EZBK"), 1, "!");
    const auto r = read_upload_record(text);
    BOOST_REQUIRE(!r);
    BOOST_CHECK(r.error() == errc::bad_record);
    BOOST_TEST(r.error().detail().find("wrong type") != std::string::npos, r.error().detail());
}

// ---- what it is told without having asked

// An upload that has just asked for its n-th thing, and what that was.
struct asked {
    explicit asked(std::size_t n) {
        service s;
        for (;; --n) {
            what = u.next({});
            if (n == 0 || std::holds_alternative<flows::done>(what)) return;
            u.on(s.outcome(what), {});
        }
    }

    upload u = plan(5);
    flows::action what;
};

constexpr std::size_t steps = 9;  // two pieces, open, two of each block, finish, save

BOOST_AUTO_TEST_CASE(every_other_event_in_every_phase_ends_it) {
    for (std::size_t n = 0; n != steps; ++n) {
        const auto what = asked(n).what;
        const bool reads = std::holds_alternative<flows::fetch>(what);
        const flows::request_id id = reads ? std::get<flows::fetch>(what).id : std::get<flows::send>(what).id;
        const flows::event good = flows::answered{id, {200, {}, R"({"ret":0,"vid":"v","media_id":"m"})"}, {}};
        std::vector<flows::event> wrong{flows::answered{id + 100, {200, {}, R"({"ret":0})"}, {}},
                                        flows::fetched{id + 100, {}, "01234"},
                                        flows::failed{id + 100, error(errc::timeout)}, flows::stored{id, {}}};
        if (reads) wrong.push_back(good);
        else wrong.push_back(flows::fetched{id, {}, "01234"});
        for (const auto& e : wrong) {
            asked a(n);
            a.u.on(e, {});
            BOOST_TEST(std::holds_alternative<flows::done>(a.u.next({})));
            BOOST_CHECK(std::move(a.u).take().error() == errc::unexpected_event);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_answer_counts_once) {
    for (std::size_t n = 0; n != steps; ++n) {
        asked a(n);
        service s;
        const auto e = s.outcome(a.what);
        a.u.on(e, {});
        const bool is_over = n + 1 == steps;
        a.u.on(e, {});
        BOOST_TEST(std::holds_alternative<flows::done>(a.u.next({})));
        const auto r = std::move(a.u).take();
        if (is_over) BOOST_TEST(r.has_value());
        else BOOST_CHECK(r.error() == errc::unexpected_event);
    }
}

BOOST_AUTO_TEST_CASE(nothing_was_asked_yet) {
    for (const flows::event& e : {flows::event(flows::answered{}), flows::event(flows::fetched{}),
                                  flows::event(flows::failed{0, error(errc::timeout)})}) {
        auto u = plan(5);
        u.on(e, {});
        BOOST_CHECK(outcome_of(std::move(u)) == errc::unexpected_event);
    }
}

BOOST_AUTO_TEST_CASE(nothing_changes_after_the_end) {
    auto u = plan(5);
    service s;
    s.run(u);
    u.on(flows::failed{0, error(errc::timeout)}, {});
    u.on(flows::answered{1, {200, {}, "{}"}, {}}, {});
    u.on(flows::fetched{0, {}, "x"}, {});
    u.cancel();
    BOOST_TEST(std::holds_alternative<flows::done>(u.next({})));
    BOOST_TEST(std::move(u).take().value().media_id == "m");
}

// ---- the bytes

// A source that lends, and whose bytes change whenever they may.
BOOST_AUTO_TEST_CASE(what_arrives_is_what_was_announced_whatever_becomes_of_the_source) {
    std::string bytes = content;
    const memory_source source{bytes};
    auto how = in_blocks_of(3);
    how.window = 4;
    wxmp_test::stepper run(upload("film.mp4", bytes.size(), titled(), {}, how));
    time_point now{};
    const auto is_block = [](const flows::send& s) {
        return s.request->safe_target.find("=upload_block&") != std::string::npos;
    };
    std::size_t arrived = 0;
    const auto serve = [&](const http::request& r, time_point) -> result<http::response> {
        const auto q = parse_target(r.target.reveal()).value();
        if (*q.find("action") == "upload_block") {
            BOOST_TEST(*q.find("part_sha") == sha1_of(r.body.text()).hex());
            arrived += r.body.text().size();
        }
        return http::response{200, {}, R"({"ret":0,"vid":"v","media_id":"m"})"};
    };
    bool are_changed = false;
    for (int i = 0; i != 100 && !run.outcome(); ++i) {
        if (run.ask(now, source)) continue;
        if (run.out().size() == 4) {  // all blocks are read and checked, and none has arrived
            BOOST_TEST_REQUIRE(std::all_of(run.out().begin(), run.out().end(), is_block));
            for (auto& b : bytes) b ^= 1;
            are_changed = true;
        }
        run.answer(serve, now);
    }
    BOOST_TEST(are_changed);
    BOOST_TEST(arrived == content.size());
    BOOST_TEST_REQUIRE(run.outcome().has_value());
    BOOST_TEST(run.outcome()->has_value());
}

// A request is lent until it is answered, while others come and go.
BOOST_AUTO_TEST_CASE(blocks_are_answered_in_any_order) {
    using picker = std::size_t (*)(std::size_t);
    for (const picker pick :
         {picker([](std::size_t) { return std::size_t{0}; }), picker([](std::size_t n) { return n - 1; }),
          picker([](std::size_t n) { return n / 2; })}) {
        std::string arrived(content.size(), '?');
        const auto serve = [&](const http::request& r, time_point) -> result<http::response> {
            const auto q = parse_target(r.target.reveal()).value();
            if (*q.find("action") == "upload_block") {
                const auto at = static_cast<std::size_t>(std::stoi(*q.find("part_num")) - 1);
                arrived.replace(at, 1, r.body.text());
            }
            return http::response{200, {}, R"({"ret":0,"vid":"v","media_id":"m"})"};
        };
        auto how = in_blocks_of(1);
        how.window = 5;
        time_point now{};
        wxmp_test::stepper run(upload("film.mp4", content.size(), titled(), {}, how));
        const memory_source source{content};
        BOOST_TEST(run.run(serve, now, source, pick).has_value());
        BOOST_TEST(arrived == content);
    }
}

// What is sent again is read and checked again.
BOOST_AUTO_TEST_CASE(a_block_that_changed_before_it_is_sent_again_is_refused) {
    std::string bytes = content;
    const memory_source source{bytes};
    const auto serve = [&](const http::request& r, time_point) -> result<http::response> {
        if (r.safe_target.find("=upload_block&") == std::string::npos)
            return http::response{200, {}, R"({"ret":0,"vid":"v","media_id":"m"})"};
        bytes[0] ^= 1;
        return error(errc::connection_lost);
    };
    auto how = in_blocks_of(5);
    how.window = 1;
    time_point now{};
    const auto r =
        wxmp_test::stepper(upload("film.mp4", bytes.size(), titled(), {}, how)).run(serve, now, source);
    BOOST_CHECK(r.error() == error(errc::source_changed, "block 1"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
