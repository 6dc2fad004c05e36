// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Takes every row of the table that drives an upload, and tells an upload in every phase what no row is for.
#include <wxmp/flow/upload.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_upload_transitions)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using enum upload_phase;
using enum upload_event;

constexpr instant begin{};
constexpr instant later{time_point(1h), wall_time(1h)};

// Two blocks of five bytes.
upload_options make_options(bool review, std::uint32_t window = 1) {
    upload_options how;
    how.block_size = 5;
    how.window = window;
    how.review = review;
    how.vid_life = 60s;
    how.resend_blocks = how.finish_again = false;  // so that an answer can be lost in each phase
    return how;
}

std::string body_for(const flows::send& s, upload_event e) {
    if (s.request->safe_target.find("query_status") == std::string::npos)
        return R"({"ret":0,"vid":"v","media_id":"m"})";
    return e == pending ? R"({"status":0,"vid":"v"})" : R"({"status":3,"vid":"v"})";
}

// What an upload is told, so that this happens to what it has asked for.
flows::event outcome(const flows::action& a, upload_event e) {
    const auto* s = std::get_if<flows::send>(&a);
    const auto id = s ? s->id : std::get<flows::fetch>(a).id;
    switch (e) {
    case bytes: return flows::fetched{id, {}, "01234"};
    case response:
    case pending: return flows::answered{id, {200, {}, body_for(*s, e)}, {}};
    case transient: return flows::failed{id, error(errc::connect_failed)};
    case lost: return flows::failed{id, error(errc::connection_lost)};
    default: break;
    }
    if (!s) return flows::failed{id, error(errc::source_failed)};
    return flows::answered{id, {200, {}, R"({"errcode":48001,"errmsg":"no"})"}, {}};
}

// An upload on its way to a success, what it has asked for, and the rows that it has taken.
struct walk {
    explicit walk(upload_options how) {
        how.trace = [this](const upload_transition& t) { taken.push_back(&t); };
        u.emplace("v.mp4", 10, video_details{"t", "d", false}, options{}, std::move(how));
        ask();
    }
    walk(const walk&) = delete;
    walk& operator=(const walk&) = delete;

    void ask(instant now = begin) { asked = u->next(now); }
    void tell(upload_event e, instant now = begin) { u->on(outcome(asked, e), now); }

    // So many steps; false where it has ended before.
    bool go(std::size_t steps) {
        for (; steps != 0 && !is_over(); --steps) {
            tell(std::holds_alternative<flows::fetch>(asked) ? bytes : response);
            ask();
        }
        return !is_over();
    }

    bool is_over() const { return std::holds_alternative<flows::done>(asked); }
    upload_phase phase() const { return u->progress().phase; }
    const upload_transition& last() const { return *taken.back(); }

    std::vector<const upload_transition*> taken;
    std::optional<upload> u;
    flows::action asked;
};

std::vector<upload_event> may_happen_to(const walk& w) {
    if (std::holds_alternative<flows::fetch>(w.asked)) return {bytes, failure};
    if (w.phase() == reviewing) return {response, pending, transient, failure};
    return {response, transient, lost, failure};
}

// In each phase it is told each thing that may happen there; once more after it was cancelled.
using rows = std::set<const upload_transition*>;

void tell_everything(bool review, rows& taken) {
    const auto how = make_options(review);
    for (std::size_t n = 0; walk(how).go(n); ++n) {
        walk state(how);
        state.go(n);
        for (const auto e : may_happen_to(state)) {
            BOOST_TEST_CONTEXT(name_of(state.phase()) << ": " << name_of(e)) {
                walk w(how);
                w.go(n);
                w.tell(e);
                BOOST_TEST((w.last().from == state.phase() && w.last().on == e));
                BOOST_TEST((w.phase() == w.last().to));
                taken.insert(w.taken.begin(), w.taken.end());

                walk drained(how);
                drained.go(n);
                drained.u->cancel();
                BOOST_TEST(
                    (drained.last().from == state.phase() && drained.last().on == upload_event::cancel));
                BOOST_TEST((drained.phase() == draining));
                drained.u->cancel();
                drained.tell(e);
                BOOST_TEST((drained.last().from == draining && drained.last().on == e));
                BOOST_TEST((drained.phase() == draining));
                drained.ask();
                BOOST_TEST(std::holds_alternative<flows::done>(drained.asked));
                const bool may_be_made = e == lost && (state.phase() == opening || state.phase() == saving);
                BOOST_TEST((std::move(*drained.u).take().error() ==
                            (may_be_made ? errc::outcome_unknown : errc::cancelled)));
                taken.insert(drained.taken.begin(), drained.taken.end());
            }
        }
    }
}

// One vid gets too old while a block waits for its next try, and then another one does.
void grow_old_twice(rows& taken) {
    walk w(make_options(false));
    w.go(4);
    BOOST_TEST_REQUIRE((w.phase() == sending && std::holds_alternative<flows::send>(w.asked)));
    w.tell(transient);
    w.ask();
    BOOST_TEST_REQUIRE(std::holds_alternative<flows::wait>(w.asked));
    w.ask(later);
    BOOST_TEST_REQUIRE((w.phase() == opening && std::holds_alternative<flows::send>(w.asked)));
    w.tell(response, later);
    w.ask({later.steady + 1h, later.wall});
    BOOST_TEST(std::holds_alternative<flows::done>(w.asked));
    BOOST_TEST((std::move(*w.u).take().error() == errc::timeout));
    taken.insert(w.taken.begin(), w.taken.end());
}

BOOST_AUTO_TEST_CASE(each_row_of_the_table_is_taken) {
    rows taken;
    tell_everything(false, taken);
    tell_everything(true, taken);
    grow_old_twice(taken);
    std::string missing;
    for (const auto& t : upload_table)
        if (!taken.contains(&t)) missing += "\n  " + to_string(t);
    BOOST_TEST(missing == "", "never taken:" << missing);
}

// ---- The table by itself

constexpr upload_phase phases[] = {hashing, opening, sending, finishing, saving, reviewing, draining, ended};
constexpr upload_event events[] = {
    bytes, response, pending, transient, lost, failure, expired, upload_event::cancel, idle, unexpected};

BOOST_AUTO_TEST_CASE(no_row_is_taken_for_a_pair_that_is_not_listed) {
    std::size_t pairs = 0, without = 0;
    for (const auto p : phases)
        for (const auto e : events) {
            const auto is_pair = [&](const upload_transition& t) { return t.from == p && t.on == e; };
            const bool is_listed = std::any_of(upload_table.begin(), upload_table.end(), is_pair);
            const auto* row = find_transition(p, e, [](upload_guard) { return true; });
            BOOST_TEST((row != nullptr) == is_listed, name_of(p) << ": " << name_of(e));
            if (row) BOOST_TEST(is_pair(*row));
            BOOST_TEST(!find_transition(p, e, [](upload_guard) { return false; }));
            ++pairs;
            without += !is_listed;
        }
    BOOST_TEST(pairs == 80u);
    BOOST_TEST(without > 30u);
}

BOOST_AUTO_TEST_CASE(a_listed_pair_has_one_row_whose_guard_always_holds_and_that_is_its_last) {
    for (auto t = upload_table.begin(); t != upload_table.end(); ++t) {
        const auto is_pair = [t](const upload_transition& x) { return x.from == t->from && x.on == t->on; };
        const auto more = std::count_if(t + 1, upload_table.end(), is_pair);
        BOOST_TEST((t->when == upload_guard::always) == (more == 0), to_string(*t));
        BOOST_TEST((t->from != ended));
        BOOST_TEST((t->to >= t->from || t->on == expired), "only a new vid leads back");
        BOOST_TEST(upload_diagram().find(std::string(name_of(t->from)) + " --> " +
                                         std::string(name_of(t->to))) != std::string::npos);
    }
}

// Every phase can be given up.
BOOST_AUTO_TEST_CASE(a_failure_and_a_cancel_have_rows_in_every_phase) {
    for (const auto p : phases)
        for (const auto e : {failure, upload_event::cancel}) {
            const auto* row = find_transition(p, e, [](upload_guard) { return true; });
            BOOST_TEST((row != nullptr) == (p != ended));
            if (row) BOOST_TEST((row->to == draining));
        }
}

BOOST_AUTO_TEST_CASE(names_tell_apart) {
    std::set<std::string_view> names;
    for (const auto p : phases) names.insert(name_of(p));
    for (const auto e : events) names.insert(name_of(e));
    BOOST_TEST(names.size() == std::size(phases) + std::size(events));
}

// ---- What was not asked for

// Another kind of event, another request, or twice: no row is for that, and it ends.
BOOST_AUTO_TEST_CASE(what_has_no_row_is_unexpected) {
    const auto how = make_options(true);
    for (std::size_t n = 0; walk(how).go(n); ++n)
        for (int k = 0; k != 4; ++k)
            for (const bool drains : {false, true}) {
                walk w(how);
                w.go(n);
                const bool reads = std::holds_alternative<flows::fetch>(w.asked);
                BOOST_TEST_CONTEXT(name_of(w.phase()) << ", " << k) {
                    auto e = outcome(w.asked, reads ? bytes : transient);
                    if (drains) w.u->cancel();
                    if (k == 0)
                        e = reads ? flows::event(flows::answered{flows::id_of(e), {200, {}, "{}"}, {}})
                                  : flows::event(flows::fetched{flows::id_of(e), {}, "01234"});
                    if (k == 1) e = flows::failed{flows::id_of(e) + 7, error(errc::timeout)};
                    if (k == 2) e = flows::stored{flows::id_of(e), {}};
                    if (k == 3) w.u->on(e, begin);
                    w.u->on(e, begin);
                    w.ask();
                    BOOST_TEST(std::holds_alternative<flows::done>(w.asked));
                    BOOST_TEST((std::move(*w.u).take().error() == errc::unexpected_event));
                }
            }
}

// The first error stays, whatever the others that are under way end in.
BOOST_AUTO_TEST_CASE(draining_waits_for_every_block_and_keeps_the_first_error) {
    for (const auto e : {response, transient, lost, failure}) {
        walk w(make_options(false, 2));
        while (!(std::holds_alternative<flows::send>(w.asked) && w.phase() == sending)) w.go(1);
        const auto first = w.asked;
        for (w.ask(); !std::holds_alternative<flows::send>(w.asked); w.ask()) w.tell(bytes);
        const auto second = w.asked;
        w.ask();
        BOOST_TEST(std::holds_alternative<flows::wait>(w.asked));
        w.u->on(outcome(first, failure), begin);
        BOOST_TEST((w.phase() == draining));
        w.ask();
        BOOST_TEST(std::holds_alternative<flows::wait>(w.asked));
        w.u->on(outcome(second, e), begin);
        BOOST_TEST((w.phase() == draining));
        BOOST_TEST(w.u->record().arrived.count() == (e == response ? 1u : 0u));
        w.ask();
        BOOST_TEST(std::holds_alternative<flows::done>(w.asked));
        BOOST_TEST(std::move(*w.u).take().error().api_code() == 48001);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
