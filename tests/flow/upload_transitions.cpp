// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Tells an upload everything in every phase: it does what the table says, and each row of it happens.
#include <wxmp/flow/upload.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace wxmp;
using enum upload_phase;
using enum upload_input;

using row = std::tuple<upload_phase, upload_input, upload_phase>;

// Two blocks, one of them under way at a time unless said otherwise.
upload make_upload(bool review, std::uint32_t window = 1) {
    upload_options how;
    how.block_size = 5;
    how.window = window;
    how.review = review;
    how.resend_blocks = how.finish_again = false;  // so that an answer can be lost in each phase
    return upload("v.mp4", 10, {"t", "d", {}, false}, {}, how);
}

// An upload that has asked for something, and what that is.
struct asked {
    upload u;
    action a;
};

std::string body_for(const send& s) {
    if (s.request.safe_target.find("query_status") != std::string::npos) return R"({"status":3,"vid":"v"})";
    return R"({"ret":0,"vid":"v","media_id":"m"})";
}

event outcome(const action& a, upload_input i) {
    const auto* s = std::get_if<send>(&a);
    const auto id = s ? s->id : std::get<fetch>(a).id;
    switch (i) {
    case bytes: return fetched{id, {}, "01234"};
    case success: return answered{id, {200, {}, body_for(*s)}};
    case transient: return failed{id, error(errc::connect_failed)};
    case lost: return failed{id, error(errc::connection_lost)};
    case failure: break;
    }
    if (!s) return failed{id, error(errc::source_failed)};
    return answered{id, {200, {}, R"({"errcode":48001,"errmsg":"no"})"}};
}

// Every state in which it has asked for something on the way to a success.
std::vector<asked> all_states(bool review) {
    std::vector<asked> states;
    for (std::size_t n = 0;; ++n) {
        auto u = make_upload(review);
        auto a = u.next({});
        for (std::size_t i = 0; i != n && !std::holds_alternative<done>(a); ++i) {
            u.on(outcome(a, std::holds_alternative<fetch>(a) ? bytes : success), {});
            a = u.next({});
        }
        if (std::holds_alternative<done>(a)) return states;
        states.push_back({std::move(u), std::move(a)});
    }
}

std::vector<upload_input> inputs_of(const action& a) {
    if (std::holds_alternative<fetch>(a)) return {bytes, failure};
    return {success, transient, lost, failure};
}

// What a query makes of a lost answer or of an answer that is not final, and the pause after it.
void tell(asked& s, upload_input i, upload_phase before, std::set<row>& seen) {
    s.u.on(outcome(s.a, i), {});
    if (before == reviewing) s.u.next({});                // it judges when it is asked
    if (before == reviewing && i == lost) i = transient;  // asking again is harmless
    const auto after = s.u.progress().phase;
    // An upload that has nothing under way ends when it is asked; a query's verdict comes then.
    const auto to = before == reviewing && after == ended && i == failure ? draining : after;
    BOOST_TEST(is_listed(before, i, to), name_of(before) << " --" << name_of(i) << "--> " << name_of(to));
    seen.insert({before, i, to});
}

void tell_everything(bool review, std::set<row>& seen) {
    const auto count = all_states(review).size();
    for (std::size_t n = 0; n != count; ++n)
        for (const auto i : inputs_of(all_states(review)[n].a)) {
            auto states = all_states(review);
            const auto before = states[n].u.progress().phase;
            tell(states[n], i, before, seen);
            auto drained = all_states(review);
            drained[n].u.cancel();
            BOOST_TEST((drained[n].u.progress().phase == draining));
            drained[n].u.on(outcome(drained[n].a, i), {});
            BOOST_TEST((drained[n].u.progress().phase == draining));
            seen.insert({draining, i, draining});
            BOOST_TEST(std::holds_alternative<done>(drained[n].u.next({})));
            BOOST_TEST((std::move(drained[n].u).take().error() == errc::cancelled));
        }
}

BOOST_AUTO_TEST_SUITE(flow_upload_transitions)

BOOST_AUTO_TEST_CASE(each_row_of_the_table_happens_and_nothing_else) {
    std::set<row> seen;
    tell_everything(false, seen);
    tell_everything(true, seen);
    auto reviews = all_states(true);
    auto& last = reviews.back();
    BOOST_REQUIRE((last.u.progress().phase == reviewing));
    last.u.on(answered{0, {200, {}, R"({"status":0,"vid":"v"})"}}, {});
    BOOST_TEST(std::holds_alternative<wait>(last.u.next({})));
    seen.insert({reviewing, success, last.u.progress().phase});
    for (const auto& t : upload_table)
        BOOST_TEST(seen.contains(row(t.from, t.on, t.to)),
                   "never: " << name_of(t.from) << " --" << name_of(t.on) << "--> " << name_of(t.to));
    BOOST_TEST(seen.size() == std::size(upload_table));
}

// What the table has no row for ends it in every phase: another kind of event, another request, or twice.
BOOST_AUTO_TEST_CASE(what_has_no_row_is_unexpected) {
    const auto count = all_states(true).size();
    for (std::size_t n = 0; n != count; ++n) {
        const auto state = [&] { return std::move(all_states(true)[n]); };
        const bool reads = std::holds_alternative<fetch>(state().a);
        for (int k = 0; k != 3; ++k) {
            auto s = state();
            BOOST_TEST_CONTEXT(name_of(s.u.progress().phase) << ", " << k) {
                auto e = outcome(s.a, reads ? bytes : failure);
                if (k == 0)
                    e = reads ? event(answered{id_of(e), {200, {}, "{}"}})
                              : event(fetched{id_of(e), {}, "01234"});
                if (k == 1) e = failed{id_of(e) + 7, error(errc::timeout)};
                if (k == 2) s.u.on(e, {});
                s.u.on(e, {});
                BOOST_TEST(std::holds_alternative<done>(s.u.next({})));
                const auto why = std::move(s.u).take().error();
                BOOST_TEST((why == errc::unexpected_event || (k == 2 && !reads && why.api_code() == 48001)));
            }
        }
    }
}

// The first error stays, whatever the others that are under way end in.
BOOST_AUTO_TEST_CASE(draining_waits_for_every_block_and_keeps_the_first_error) {
    for (const auto i : {success, transient, lost, failure}) {
        auto u = make_upload(false, 2);
        auto a = u.next({});
        while (!std::holds_alternative<send>(a) || u.progress().phase != sending) {
            u.on(outcome(a, std::holds_alternative<fetch>(a) ? bytes : success), {});
            a = u.next({});
        }
        const auto first = a;
        while (!std::holds_alternative<send>(a = u.next({}))) u.on(outcome(a, bytes), {});
        BOOST_TEST(std::holds_alternative<wait>(u.next({})));
        u.on(outcome(first, failure), {});
        BOOST_TEST((u.progress().phase == draining));
        BOOST_TEST(std::holds_alternative<wait>(u.next({})));
        u.on(outcome(a, i), {});
        BOOST_TEST((u.progress().phase == draining));
        BOOST_TEST(u.record().arrived.count() == (i == success ? 1u : 0u));
        BOOST_TEST(std::holds_alternative<done>(u.next({})));
        BOOST_TEST(std::move(u).take().error().api_code() == 48001);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
