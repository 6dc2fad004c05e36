// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What an upload makes of time, of other people's retries, of a cancel, and of functions that fail or throw.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/codec/url.hpp>
#include <wxmp/flow/upload.hpp>
#include <wxmp/testing/virtual_clock.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_upload_faults)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;

const std::string content = "0123456789";
constexpr std::string_view all_calls[] = {"init_upload", "upload_block", "upload_finish", "save_video",
                                          "query_status"};

const http::response good{200, {}, R"({"ret":0,"vid":"v","media_id":"m","status":3})"};
const http::response still_pending{200, {}, R"({"status":0})"};

// A transport that takes everything, unless a test has it otherwise; time is virtual.
struct service {
    std::function<std::optional<result<http::response>>(std::string_view call, std::size_t nth)> meddle =
        [](auto, auto) { return std::nullopt; };
    std::vector<std::string> asked{};
    testing::virtual_clock clock{wall_time(sys_begin)};

    static constexpr std::chrono::seconds sys_begin{1'767'225'610};  // ten seconds after a minute began

    result<http::response> send(const http::request& r) {
        const auto query = parse_target(r.target.reveal()).value();
        asked.push_back(query.find("action") ? *query.find("action") : "other");
        auto other = meddle(asked.back(), count(asked.back()));
        return other ? *std::move(other) : result<http::response>(good);
    }
    instant now() const { return clock.now(); }
    void wait_until(time_point t) { clock.wait_until(t); }

    std::size_t count(std::string_view call) const {
        return static_cast<std::size_t>(std::count(asked.begin(), asked.end(), call));
    }
    std::chrono::milliseconds taken() const { return clock.now().steady - time_point(sys_begin); }
};

upload_options in_two_blocks() {
    upload_options how;
    how.block_size = 5;
    return how;
}

upload make(upload_options how) {
    return upload("v.mp4", content.size(), {"t", "d", false}, {}, std::move(how));
}

template <class... Policy> result<uploaded_video> run(service& s, upload u, Policy... policy) {
    const memory_source source{content};
    return client<service&, Policy...>(s, {}, std::move(policy)...).run(std::move(u), {.source = source});
}

// ---- The review

BOOST_AUTO_TEST_CASE(a_review_ends_when_its_own_time_is_over) {
    service s;
    s.meddle = [](auto call, auto) -> std::optional<result<http::response>> {
        return call == "query_status" ? std::optional(still_pending) : std::nullopt;
    };
    BOOST_CHECK(run(s, make(in_two_blocks())).error() == errc::timeout);
    BOOST_TEST(s.count("query_status") == 124u);  // after 1, 2, 4, 8 and 16 s, then every 30 s for an hour
    BOOST_TEST((s.taken() <= 1h));
}

BOOST_AUTO_TEST_CASE(a_review_that_fails_now_and_then_takes_no_longer) {
    service s;
    s.meddle = [](auto call, auto nth) -> std::optional<result<http::response>> {
        if (call != "query_status") return std::nullopt;
        return nth % 2 ? result<http::response>(error(errc::timeout)) : still_pending;
    };
    BOOST_CHECK(run(s, make(in_two_blocks())).error() == error(errc::timeout, "the review is still pending"));
    BOOST_TEST((s.taken() <= 1h + 1s));
}

BOOST_AUTO_TEST_CASE(each_answer_of_a_review_allows_for_as_many_faults_again) {
    service s;
    auto how = in_two_blocks();
    how.pauses.tries = 3;
    s.meddle = [](auto call, auto nth) -> std::optional<result<http::response>> {
        if (call != "query_status" || nth == 31) return std::nullopt;
        return nth % 3 ? result<http::response>(error(errc::connection_lost)) : still_pending;
    };
    BOOST_TEST(run(s, make(how)).has_value());
    BOOST_TEST(s.count("query_status") == 31u);
}

BOOST_AUTO_TEST_CASE(a_refused_video_is_not_asked_for_again) {
    service s;
    s.meddle = [](auto call, auto) -> std::optional<result<http::response>> {
        if (call != "query_status") return std::nullopt;
        return http::response{200, {}, R"({"status":2,"mp_video_fail_detail_wording":"blurred"})"};
    };
    BOOST_CHECK(run(s, make(in_two_blocks())).error() == error(errc::not_passed, "video status 2: blurred"));
    BOOST_TEST(s.count("query_status") == 1u);
}

// ---- Tries

BOOST_AUTO_TEST_CASE(a_retry_policy_does_not_multiply_the_tries) {
    const retry_policy patient{.pauses = {.tries = 4}};
    for (const auto name : all_calls)
        for (const auto fault : {errc::connect_failed, errc::store_failed}) {
            service s;
            auto how = in_two_blocks();
            how.pauses.tries = 3;
            how.window = 1;
            s.meddle = [&](auto call, auto) -> std::optional<result<http::response>> {
                return call == name ? std::optional(result<http::response>(error(fault))) : std::nullopt;
            };
            BOOST_CHECK(run(s, make(how), patient).error() == fault);
            BOOST_TEST(s.count(name) == 3u, name);
        }
    // The same policy at work on a request whose sender does not repeat it.
    service s;
    s.meddle = [](auto, auto) { return std::optional(result<http::response>(error(errc::connect_failed))); };
    BOOST_TEST((client<service&, retry_policy>(s, {}, patient))(draft::count{}).has_error());
    BOOST_TEST(s.asked.size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_query_that_times_out_is_not_multiplied_either) {
    service s;
    auto how = in_two_blocks();
    how.pauses.tries = 2;
    s.meddle = [](auto call, auto) -> std::optional<result<http::response>> {
        return call == "query_status" ? std::optional(result<http::response>(error(errc::timeout)))
                                      : std::nullopt;
    };
    BOOST_CHECK(run(s, make(how), retry_policy{}).error() == errc::timeout);
    BOOST_TEST(s.count("query_status") == 2u);
}

BOOST_AUTO_TEST_CASE(the_time_that_an_exchange_takes_counts) {
    service s;
    auto how = in_two_blocks();
    how.window = 1;
    s.meddle = [&](auto call, auto) -> std::optional<result<http::response>> {
        if (call != "upload_block") return std::nullopt;
        s.clock.advance(how.pauses.total);
        return result<http::response>(error(errc::timeout));
    };
    BOOST_CHECK(run(s, make(how)).error() == errc::timeout);
    BOOST_TEST(s.count("upload_block") == 1u);
}

// A refusal for a limit was not carried out, whatever the call: it is sent again when the limit begins anew.
BOOST_AUTO_TEST_CASE(a_rate_limit_is_waited_for) {
    for (const auto name : all_calls) {
        service s;
        s.meddle = [&](auto call, auto nth) -> std::optional<result<http::response>> {
            if (call != name || nth != 1) return std::nullopt;
            return http::response{200, {}, R"({"errcode":45011,"errmsg":"api minute-quota reached"})"};
        };
        BOOST_TEST(run(s, make(in_two_blocks())).has_value(), name);
        BOOST_TEST(s.count(name) == (name == "upload_block" ? 3u : 2u));
        BOOST_TEST((s.taken() >= 50s));
    }
}

// ---- The age of a vid

upload_record half_sent(std::int64_t opened) {
    upload_record r{.filename = "v.mp4", .filesize = 10, .block_size = 5, .video = {"t", "d", false}};
    r.filesha = sha1_of(content);
    r.part_shas.each = {sha1_of("01234"), sha1_of("56789")};
    r.vid = "old";
    r.opened = std::chrono::sys_seconds(std::chrono::seconds(opened));
    r.arrived.has = {true, false};
    return r;
}

upload_options that_live(std::chrono::seconds life) {
    auto how = in_two_blocks();
    how.review = false;
    how.window = 1;
    how.vid_life = life;
    return how;
}

BOOST_AUTO_TEST_CASE(a_vid_ages_by_the_time_that_passes_and_not_by_the_date) {
    for (const auto step : {std::chrono::hours(24), std::chrono::hours(-24)})
        for (const auto pause : {std::chrono::seconds(10), std::chrono::seconds(3'601)}) {
            service s;
            s.meddle = [&](auto call, auto nth) -> std::optional<result<http::response>> {
                if (call != "upload_block" || nth != 1) return std::nullopt;
                s.clock.set_wall(step);
                s.clock.advance(pause);
                return std::nullopt;
            };
            BOOST_TEST(run(s, make(that_live(1h))).has_value());
            BOOST_TEST(s.count("init_upload") == (pause > 1h ? 2u : 1u));
            BOOST_TEST(s.count("upload_block") == (pause > 1h ? 3u : 2u));
        }
}

BOOST_AUTO_TEST_CASE(a_resumed_vid_is_as_old_as_its_date_says) {
    const auto today = service::sys_begin.count();
    struct {
        std::int64_t opened;
        std::size_t opens;
    } const trials[] = {{today - 3'700, 1}, {today - 3'600, 1}, {today - 3'500, 0}, {today + 86'400, 0}};
    for (const auto& t : trials) {
        service s;
        BOOST_TEST(run(s, upload(half_sent(t.opened), {}, that_live(1h))).has_value());
        BOOST_TEST(s.count("init_upload") == t.opens);
    }
}

// A date that lies in the future counts as now.
BOOST_AUTO_TEST_CASE(a_vid_of_tomorrow_lives_no_longer_than_one_of_today) {
    service s;
    s.meddle = [&](auto call, auto nth) -> std::optional<result<http::response>> {
        if (call != "upload_block" || nth != 1) return std::nullopt;
        s.clock.advance(2h);
        return result<http::response>(error(errc::connection_lost));
    };
    auto how = that_live(1h);
    how.pauses.total = 24h;
    const auto r = run(s, upload(half_sent(service::sys_begin.count() + 86'400), {}, how));
    BOOST_TEST(r.has_value(), r.error().message());
    BOOST_TEST(s.count("init_upload") == 1u);
}

BOOST_AUTO_TEST_CASE(a_vid_that_is_over_again_ends_it) {
    service s;
    s.meddle = [&](auto call, auto) -> std::optional<result<http::response>> {
        if (call == "upload_block") s.clock.advance(2h);
        return std::nullopt;
    };
    BOOST_CHECK(run(s, make(that_live(1h))).error() == error(errc::timeout, "the vid has expired"));
    BOOST_TEST(s.count("init_upload") == 2u);
}

// Nothing is begun for a vid that is over: what is under way is waited for, then another one is opened.
BOOST_AUTO_TEST_CASE(no_block_is_begun_for_a_vid_that_is_over) {
    auto how = that_live(1h);
    how.window = 2;
    auto record = half_sent(0);
    record.arrived.has = {false, false};
    upload u(record, {}, how);
    const auto first = u.next({});
    BOOST_TEST_REQUIRE(std::holds_alternative<flows::fetch>(first));
    const instant late{time_point(1h), wall_time(1h)};
    BOOST_TEST(std::holds_alternative<flows::wait>(u.next(late)));
    BOOST_TEST((u.progress().phase == upload_phase::sending));
    u.on(flows::fetched{std::get<flows::fetch>(first).id, {}, "01234"}, late);
    const auto next = u.next(late);
    BOOST_TEST_REQUIRE(std::holds_alternative<flows::send>(next));
    BOOST_TEST((u.progress().phase == upload_phase::opening));
}

BOOST_AUTO_TEST_CASE(no_number_in_a_record_or_an_option_overflows) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max(),
                   least = std::numeric_limits<std::int64_t>::min();
    for (const auto opened : {least, least + 1, std::int64_t{0}, most - 1, most})
        for (const auto life : {least, std::int64_t{-1}, std::int64_t{0}, most}) {
            service s;
            auto how = that_live(std::chrono::seconds(life));
            using ms = std::chrono::milliseconds;
            how.pauses = {
                .tries = 3, .first = ms(most), .factor = 1e300, .longest = ms(most), .total = ms(most)};
            how.review_pauses = how.pauses;
            how.review = true;
            const auto r = run(s, upload(half_sent(opened), {}, how));
            const bool is_endless = life == most && opened != least && opened != least + 1;
            BOOST_TEST(s.count("init_upload") == (is_endless ? 0u : 1u), opened << ", " << life);
            BOOST_TEST((r.has_value() || r.error() == errc::timeout));
        }
}

// ---- Cancelled

// An upload that has asked for the n-th time to send something.
struct sending {
    explicit sending(std::string_view call) {
        auto how = in_two_blocks();
        how.window = 1;
        how.persist = [this](const upload_record& r) -> result<void> {
            ++persisted;
            kept = r;
            const auto now = std::exchange(fault, std::nullopt);
            return now ? *now : result<void>();
        };
        u.emplace("v.mp4", content.size(), video_details{"t", "d", false}, options{}, how);
        for (;;) {
            const auto a = u->next({});
            if (const auto* s = std::get_if<flows::send>(&a)) {
                id = s->id;
                if (s->request->safe_target.find("=" + std::string(call)) != std::string::npos) return;
                u->on(flows::answered{id, good, {}}, {});
            } else if (const auto* f = std::get_if<flows::fetch>(&a))
                u->on(flows::fetched{f->id, {}, content.substr(f->offset, f->size)}, {});
            else BOOST_FAIL("it never asks for " << call);
        }
    }

    error end() {
        const auto before = persisted;
        BOOST_TEST_REQUIRE(std::holds_alternative<flows::done>(u->next({})));
        persisted_at_the_end = persisted - before;
        return std::move(*u).take().error();
    }

    std::optional<upload> u;
    flows::request_id id{};
    upload_record kept{.video = {"", "", false}};
    std::optional<error> fault;
    int persisted{};
    int persisted_at_the_end{};
};

bool makes(std::string_view call) { return call == "init_upload" || call == "save_video"; }

BOOST_AUTO_TEST_CASE(a_call_that_was_stopped_is_lost_only_where_it_makes_something) {
    for (const auto name : all_calls)
        for (const auto why : {errc::outcome_unknown, errc::cancelled})
            for (const bool is_told_first : {false, true}) {
                sending s(name);
                if (!is_told_first) s.u->cancel();
                s.u->on(flows::failed{s.id, error(why)}, {});
                if (is_told_first) s.u->cancel();
                BOOST_CHECK(s.end() == (makes(name) ? errc::outcome_unknown : errc::cancelled));
                BOOST_TEST((s.kept.unanswered != unanswered_call::none) == makes(name));
            }
}

BOOST_AUTO_TEST_CASE(a_call_that_was_stopped_before_it_was_sent_is_not_lost) {
    for (const auto name : all_calls) {
        sending s(name);
        s.u->on(flows::failed{s.id, error(errc::cancelled), true}, {});
        s.u->cancel();
        BOOST_CHECK(s.end() == errc::cancelled);
        BOOST_TEST((s.kept.unanswered == unanswered_call::none));
    }
}

BOOST_AUTO_TEST_CASE(what_is_answered_while_it_drains_is_recorded) {
    for (const auto name : all_calls) {
        sending s(name);
        s.u->cancel();
        BOOST_TEST(std::holds_alternative<flows::wait>(s.u->next({})));
        s.u->on(flows::answered{s.id, good, {}}, {});
        BOOST_CHECK(s.end() == errc::cancelled);
        BOOST_TEST((s.kept.unanswered == unanswered_call::none));
        BOOST_TEST(s.kept.vid.has_value());
        BOOST_TEST(s.kept.arrived.count() == (name == "init_upload" ? 0u : name == "upload_block" ? 1u : 2u));
        BOOST_TEST(s.kept.finished == (name != "init_upload" && name != "upload_block"));
        BOOST_TEST(s.kept.media_id.has_value() == (name == "save_video" || name == "query_status"));
        BOOST_TEST(s.persisted_at_the_end == (name == "query_status" ? 0 : 1));
    }
}

BOOST_AUTO_TEST_CASE(what_could_not_be_persisted_is_once_more_at_the_end) {
    sending s("upload_block");
    s.fault = error(errc::source_failed, "disk full");
    s.u->on(flows::answered{s.id, good, {}}, {});
    BOOST_CHECK(s.end() == error(errc::source_failed, "disk full"));
    BOOST_TEST(s.persisted_at_the_end == 2);
    BOOST_TEST(s.kept.arrived.count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_cancel_does_not_hide_that_the_record_is_not_kept) {
    sending s("upload_block");
    s.u->cancel();
    s.fault = error(errc::source_failed, "disk full");
    s.u->on(flows::answered{s.id, good, {}}, {});
    BOOST_CHECK(s.end() == error(errc::source_failed, "disk full"));
    BOOST_TEST(s.persisted_at_the_end == 2);
}

BOOST_AUTO_TEST_CASE(hashed_and_cancelled_it_keeps_the_digests) {
    std::optional<upload_record> kept;
    auto how = in_two_blocks();
    how.persist = [&](const upload_record& r) { return kept = r, result<void>(); };
    auto u = make(how);
    for (const std::string piece : {"01234", "56789"}) {
        u.next({});
        u.on(flows::fetched{0, {}, piece}, {});
    }
    BOOST_TEST(!kept);
    u.cancel();
    BOOST_TEST(std::holds_alternative<flows::done>(u.next({})));
    BOOST_TEST_REQUIRE(kept.has_value());
    BOOST_CHECK(kept->filesha == sha1_of(content));
}

BOOST_AUTO_TEST_CASE(why_the_record_could_not_be_kept_is_the_result) {
    const error full({ENOSPC, boost::system::generic_category()}, "cannot write film.json");
    for (int nth = 1; nth <= 7; ++nth) {
        service s;
        auto how = in_two_blocks();
        how.persist = [&, n = 0](const upload_record&) mutable -> result<void> {
            if (++n == nth) return full;
            return {};
        };
        BOOST_CHECK(run(s, make(how)).error() == full);
        BOOST_TEST(s.count("query_status") == 0u);
    }
}

BOOST_AUTO_TEST_CASE(a_record_that_cannot_be_kept_is_tried_once_more_and_not_again) {
    for (int nth = 1; nth <= 7; ++nth) {
        service s;
        int calls = 0;
        auto how = in_two_blocks();
        how.persist = [&](const upload_record&) -> result<void> {
            if (++calls >= nth) return error(errc::source_failed, "disk full");
            return {};
        };
        BOOST_CHECK(run(s, make(how)).error() == error(errc::source_failed, "disk full"));
        BOOST_TEST(calls == nth + 1);
    }
}

BOOST_AUTO_TEST_CASE(a_record_whose_vid_cannot_be_sent_ends_it_before_a_block) {
    service s;
    std::optional<upload_record> kept;
    auto how = in_two_blocks();
    how.persist = [&](const upload_record& r) -> result<void> {
        if (kept && kept->vid) return error(errc::source_failed, "enough");
        return kept = r, result<void>();
    };
    BOOST_TEST(!run(s, make(how)).has_value());
    BOOST_TEST_REQUIRE((kept && kept->vid));
    kept->vid = "\xff";
    service other;
    BOOST_TEST((run(other, upload(*kept, {}, in_two_blocks())).error() == errc::invalid_utf8));
    BOOST_TEST(other.asked.empty());
}

// ---- Functions that throw

BOOST_AUTO_TEST_CASE(what_persist_throws_comes_out_and_the_upload_can_go_on) {
    int calls = 0;
    for (int nth = 1; nth <= 9; ++nth) {
        service s;
        std::optional<upload_record> kept;
        auto how = in_two_blocks();
        how.persist = [&, n = 0](const upload_record& r) mutable -> result<void> {
            calls = ++n;
            if (n == nth) throw std::runtime_error("persist");
            kept = r;
            return {};
        };
        bool has_thrown = false;
        try {
            BOOST_TEST(run(s, make(how)).has_value());
        } catch (const std::runtime_error& e) {
            has_thrown = e.what() == std::string("persist");
        }
        BOOST_TEST(has_thrown == (nth <= 7));  // two calls, twice each; two blocks; one finish
        if (!has_thrown) continue;
        const auto sent = s.asked.size();
        BOOST_TEST_REQUIRE(kept.has_value());  // when it gave up, all that was known
        how.persist = {};
        BOOST_TEST(run(s, upload(*kept, {}, how)).has_value());
        BOOST_TEST(s.asked.size() > sent);
        for (const auto name : all_calls) BOOST_TEST(s.count(name) == (name == "upload_block" ? 2u : 1u));
    }
    BOOST_TEST(calls == 7);
}

BOOST_AUTO_TEST_CASE(what_progress_throws_comes_out) {
    service s;
    auto how = in_two_blocks();
    how.progress = [](const upload_progress& p) {
        if (p.blocks_sent == 1) throw std::runtime_error("progress");
    };
    BOOST_CHECK_THROW(run(s, make(how)), std::runtime_error);
    BOOST_TEST(s.count("upload_block") == 1u);
}

// ---- Progress

BOOST_AUTO_TEST_CASE(each_step_that_changes_it_is_told_once) {
    service s;
    std::vector<upload_progress> told;
    auto how = in_two_blocks();
    how.progress = [&](const upload_progress& p) { told.push_back(p); };
    BOOST_TEST(run(s, make(how)).has_value());
    using enum upload_phase;
    const struct {
        upload_phase phase;
        std::uint64_t hashed;
        std::uint32_t blocks_sent;
    } steps[] = {{hashing, 0, 0},    {hashing, 5, 0}, {opening, 10, 0},   {sending, 10, 0}, {sending, 10, 1},
                 {finishing, 10, 2}, {saving, 10, 2}, {reviewing, 10, 2}, {ended, 10, 2}};
    BOOST_TEST_REQUIRE(told.size() == std::size(steps));
    for (std::size_t i = 0; i != told.size(); ++i) {
        BOOST_TEST((told[i].phase == steps[i].phase));
        BOOST_TEST(told[i].hashed == steps[i].hashed);
        BOOST_TEST(told[i].blocks_sent == steps[i].blocks_sent);
        BOOST_TEST((told[i].total == 10u && told[i].blocks == 2u));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
