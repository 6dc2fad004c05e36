// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// Each allocation of each flow fails once. Whoever does again what failed gets what an undisturbed run gets, by the
// same requests; whoever cancels gets to the end.
#include <wxmp/testing/deliver_body.hpp>
#include <wxmp/testing/platform.hpp>
#include <wxmp/testing/virtual_clock.hpp>
#include <wxmp/transport/memory_token_store.hpp>
#include <wxmp/wxmp.hpp>

#include <boost/test/unit_test.hpp>

#include "../allocations.hpp"
#include "../thorough.hpp"
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(flow_out_of_memory)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using namespace wxmp_test;
namespace fault = testing::fault;

const std::string file_bytes = [] {
    std::string all;
    for (int i = 0; i != 300; ++i) all += static_cast<char>('a' + i % 23);
    return all;
}();
const std::string long_text(40, 'l');

// The service, its account, and all else that a flow has around it. Its own memory does not run out.
struct world {
    world() {
        o.random = [] { return std::uint64_t{7}; };
        p.add_account("wx1", secret("app-secret"));
        token = ask(grant()).access_token;
    }

    static auth::stable_token grant() { return {.appid = "wx1", .secret = secret("app-secret")}; }

    template <operation Op> typename Op::response ask(const Op& op) {
        auto r = prepare(op, o).value();
        authorize(r, token);
        return complete<Op>(p.handle(r, clock.now().wall).response).value();
    }

    std::string add_cover() {
        return ask(material::add_material{media_type::image, {"cover.jpg", {"cover"}}}).media_id;
    }

    std::string add_draft() {
        article a{"title " + long_text, add_cover()};
        a.content = "<p>" + long_text + "</p>";
        return ask(draft::add{{a}}).media_id;
    }

    // The nth exchange of this call comes to this.
    void inject(const endpoint& at, fault::any what, std::uint32_t nth = 1) {
        p.inject({.call = testing::call_name(at), .nth = nth, .what = what});
    }

    flows::event answer(const flows::send& s) {
        log.push_back(s.request->host + s.request->safe_target + ' ' + s.request->body.text());
        if (!unreachable.empty() && s.request->host == unreachable)
            return flows::failed{s.id, error(errc::connect_failed, s.request->target.reveal())};
        if (s.request->needs_token) authorize(*s.request, token);
        auto a = p.handle(*s.request, clock.now().wall);
        if (a.lost) return flows::failed{s.id, error(errc::connection_lost, s.request->target.reveal())};
        if (!takes_sinks) return flows::answered{s.id, std::move(a.response), {}};
        auto r = testing::deliver_body(*s.request, std::move(a.response));
        if (!r) return flows::failed{s.id, r.error()};
        return flows::answered{s.id, *std::move(r), {}};
    }

    flows::event answer(const flows::fetch& f) const {
        const auto bytes = std::string_view(file_bytes).substr(static_cast<std::size_t>(f.offset), f.size);
        if (lends) return flows::fetched{f.id, bytes, {}};
        return flows::fetched{f.id, {}, std::string(bytes)};
    }

    flows::event answer(const flows::ask_store& q) {
        log.push_back("store " + std::to_string(q.what->index()));
        if (fails_store) return flows::failed{q.id, error(errc::store_failed, token.reveal())};
        return flows::stored{q.id, wxmp::detail::ask(store, *q.what).value()};
    }

    testing::platform p{{.errors_repeat_request = true}};
    testing::virtual_clock clock{wall_time(1'767'240'000s)};
    options o{};
    secret token{};
    memory_token_store store{[this] { return clock.now().steady; }};
    std::string unreachable{};
    bool takes_sinks = true, lends = true, fails_store = false;
    std::vector<std::string> log{};  // of all that was asked of the service and the store
};

enum class then : bool { again, cancel };

// Runs a flow to its end, with several requests in flight. The nth allocation of the flow fails, of nothing else; what
// failed is then done again, or the flow is cancelled.
template <class F> class run {
public:
    using maker = std::function<std::unique_ptr<F>(world&)>;

    run(world& w, const maker& make, then what, long n) : w_(w), what_(what), left_(n) {
        auto f = again([&] { return make(w); });
        while (step(*f)) BOOST_REQUIRE_MESSAGE(++steps < 2'000, "allocation " << n << ": it does not end");
        outcome.emplace(again([&] { return std::move(*f).take(); }));
    }

    bool has_failed = false;
    bool is_cancelled = false;
    int steps = 0;
    std::optional<result<typename F::value_type>> outcome{};

private:
    // While it lives, allocations fail.
    struct failing {
        long& left;
        explicit failing(long& l) : left(l) {
            allocation_fails_once() = true;
            allocations_before_failure() = left;
        }
        failing(const failing&) = delete;
        failing& operator=(const failing&) = delete;
        ~failing() {
            left = std::exchange(allocations_before_failure(), -1);
            allocation_fails_once() = false;
        }
    };

    // Whether it had memory enough.
    template <class Do> bool attempt(Do f) {
        try {
            const failing on(left_);
            f();
            return true;
        } catch (const std::bad_alloc&) {
            BOOST_REQUIRE(!std::exchange(has_failed, true));
            return false;
        }
    }

    template <class Do> auto again(Do f) -> decltype(f()) {
        std::optional<decltype(f())> out;
        if (!attempt([&] { out.emplace(f()); })) out.emplace(f());
        return *std::move(out);
    }

    // False if the flow is cancelled instead.
    template <class Do> bool act(F& f, Do call) {
        if (attempt(call)) return true;
        if (what_ == then::again) return call(), true;
        f.cancel();
        is_cancelled = true;
        return false;
    }

    bool step(F& f) {
        flows::action a;
        if (!act(f, [&] { a = f.next(w_.clock.now()); })) return true;
        if (std::holds_alternative<flows::done>(a)) return false;
        const auto* wait = std::get_if<flows::wait>(&a);
        if (!wait) pending_.push_back(std::move(a));
        else if (!pending_.empty()) settle(f);
        else {
            BOOST_REQUIRE_MESSAGE(wait->until != time_point::max(), "it waits for nothing");
            w_.clock.wait_until(wait->until);
        }
        return true;
    }

    // What is delivered again is the very event.
    void settle(F& f) {
        auto e = outcome_of(pending_.front());
        if (act(f, [&] { f.on(std::move(e), w_.clock.now()); })) pending_.pop_front();
    }

    // After a cancellation nothing is carried out but what gives a lease back.
    flows::event outcome_of(const flows::action& a) {
        const auto* s = std::get_if<flows::send>(&a);
        const auto* r = std::get_if<flows::fetch>(&a);
        if (!s && !r) return w_.answer(std::get<flows::ask_store>(a));
        if (is_cancelled) return flows::failed{s ? s->id : r->id, error(errc::cancelled)};
        return s ? w_.answer(*s) : w_.answer(*r);
    }

    world& w_;
    then what_;
    long left_;
    std::deque<flows::action> pending_{};
};

bool is_free(world& w) { return w.store.lease(1ms).value().has_value(); }

// Fails each allocation once. `prepare` sets the scene, `make` makes the flow, `told` tells the result. How many there are.
template <class F, class Prepare, class Told>
long walk(Prepare prepare, const typename run<F>::maker& make, Told told) {
    const auto tell = [&](const run<F>& r) {
        return *r.outcome ? told(**r.outcome) : "error: " + r.outcome->error().message();
    };
    std::vector<std::string> log;
    std::string ending;
    const auto go = [&](then what, long n) {
        world w;
        prepare(w);
        w.log.clear();
        const run<F> r(w, make, what, n);
        BOOST_TEST(is_free(w), "a lease is held after allocation " << n);
        if (n < 0) log = w.log, ending = tell(r);
        else if (what == then::again) {
            BOOST_TEST(tell(r) == ending, "allocation " << n);
            BOOST_CHECK_EQUAL_COLLECTIONS(w.log.begin(), w.log.end(), log.begin(), log.end());
        } else if (r.is_cancelled && !*r.outcome) {
            const auto& why = r.outcome->error();
            BOOST_TEST((why == errc::cancelled || why == errc::outcome_unknown || tell(r) == ending),
                       "allocation " << n << " ended it in " << tell(r));
        }
        return r.has_failed;
    };
    go(then::again, -1);
    BOOST_TEST(ending.find("app-secret") == ending.npos);
    const auto failures = for_each_failure([&](long n) { return go(then::again, n); }, stride_of_failures);
    BOOST_TEST(for_each_failure([&](long n) { return go(then::cancel, n); }, stride_of_failures) == failures);
    return failures;
}

const auto nothing = [](world&) {};

// The same flow with all policies of a client.
template <class F> struct with_all {
    using value_type = typename F::value_type;
    token_policy<memory_token_store> token;
    retry_policy retry{};
    failover_policy hosts{};
    with_policies<F> flow;

    with_all(world& w, F inner, auth::stable_token grant)
        : token(w.store, std::move(grant)), flow(std::move(inner), all(), w.o) {}
    policies all() const {
        policies p;
        p.token = token.provider();
        p.retry = &retry;
        p.failover = &hosts;
        return p;
    }
    flows::action next(instant now) { return flow.next(now); }
    void on(flows::event&& e, instant now) { flow.on(std::move(e), now); }
    void cancel() { flow.cancel(); }
    result<value_type> take() && { return std::move(flow).take(); }
};

// ---- Calls

std::string count_told(const draft::count::response& r) { return std::to_string(r.total_count); }

BOOST_AUTO_TEST_CASE(a_call_is_made_once) {
    using count = call<draft::count>;
    const auto make = [](world& w) { return std::make_unique<count>(draft::count{}, w.o); };
    BOOST_TEST(walk<count>(nothing, make, count_told) > least_allocations(5));
    for (const fault::any& f : {fault::any(fault::error_code{45009}), fault::any(fault::lose_answer{}),
                                fault::any(fault::http_status{500}), fault::any(fault::truncate{5})})
        BOOST_TEST(walk<count>([&](world& w) { w.inject(draft::count::at, f); }, make, count_told) >
                   least_allocations(5));
}

BOOST_AUTO_TEST_CASE(a_download_is_whole) {
    std::string id, given;
    const auto told = [&](const auto& r) { return given + ' ' + std::to_string(r.size); };
    const auto download_all = [&](auto prepare) {
        using flow = download<material::get_material>;
        return walk<flow>(
            [&](world& w) {
                const no_failures guard;
                prepare(w);
                id = w.add_cover();
            },
            [&](world& w) {
                given.clear();
                return std::make_unique<flow>(
                    material::get_material{id},
                    [&](std::string_view bytes) {
                        const no_failures guard;
                        given.append(bytes);
                        return result<void>();
                    },
                    w.o);
            },
            told);
    };
    given.reserve(200), id.reserve(200);  // stays
    BOOST_TEST(download_all(nothing) > 5);
    BOOST_TEST(download_all([](world& w) { w.takes_sinks = false; }) > 5);
    BOOST_TEST(download_all([](world& w) {
                   w.takes_sinks = false;
                   w.p.rules().nameless_materials = true;
               }) > 5);
    BOOST_TEST(
        download_all([](world& w) { w.inject(material::get_material::at, fault::error_code{40007}); }) > 5);
}

// ---- What takes several calls

std::string video_told(const uploaded_video& v) { return v.media_id + ' ' + v.vid + ' ' + v.filesha.hex(); }

upload_options in_blocks() { return {.block_size = 64, .window = 2, .review_pauses = {.first = 10s}}; }

std::unique_ptr<upload> make_upload(world& w, upload_options how) {
    return std::make_unique<upload>("v.mp4", file_bytes.size(), video_details{"title", "words", false}, w.o,
                                    std::move(how));
}

BOOST_AUTO_TEST_CASE(an_upload_sends_each_block_once) {
    const auto make = [](world& w) { return make_upload(w, in_blocks()); };
    BOOST_TEST(walk<upload>(nothing, make, video_told) > 150);
    BOOST_TEST(walk<upload>([](world& w) { w.lends = false; }, make, video_told) > 150);
}

BOOST_AUTO_TEST_CASE(an_upload_tries_again) {
    using namespace upload_video;
    const auto make = [](world& w) { return make_upload(w, in_blocks()); };
    for (const auto& fails : {std::pair(upload_block::at, fault::any(fault::lose_answer{})),
                              std::pair(upload_block::at, fault::any(fault::error_code{-1})),
                              std::pair(upload_block::at, fault::any(fault::error_code{40097})),
                              std::pair(init_upload::at, fault::any(fault::lose_answer{})),
                              std::pair(init_upload::at, fault::any(fault::error_code{45009})),
                              std::pair(upload_finish::at, fault::any(fault::truncate{4})),
                              std::pair(save_video::at, fault::any(fault::lose_answer{})),
                              std::pair(query_status::at, fault::any(fault::http_status{502}))})
        BOOST_TEST(walk<upload>([&](world& w) { w.inject(fails.first, fails.second); }, make, video_told) >
                   20);
    BOOST_TEST(walk<upload>([&](world& w) { w.p.rules().check_fails = "title"; }, make, video_told) > 150);
    const auto expiring = [](world& w) {
        auto how = in_blocks();
        how.vid_life = 0s;
        return make_upload(w, std::move(how));
    };
    BOOST_TEST(walk<upload>(nothing, expiring, video_told) > 50);
}

// What was stored last can be resumed, whatever was done when the memory ran out.
BOOST_AUTO_TEST_CASE(the_record_of_an_upload_is_whole) {
    const auto go = [](then what, long n) {
        world w;
        std::optional<std::string> stored;
        auto how = in_blocks();
        how.persist = [&](const upload_record& r) -> result<void> {
            stored = write_upload_record(r).value();
            return {};
        };
        const run<upload> first(
            w, [&](world& in) { return make_upload(in, how); }, what, n);
        if (what == then::again) BOOST_TEST(first.outcome->has_value(), "allocation " << n);
        if (!stored) return first.has_failed;
        const auto record = read_upload_record(*stored).value();
        const run<upload> second(
            w, [&](world& in) { return std::make_unique<upload>(record, in.o, in_blocks()); }, then::again,
            -1);
        const auto calls = w.p.calls<upload_video::init_upload>() + w.p.calls<upload_video::save_video>();
        // Only an answer that was lost with the cancellation leaves it unknown.
        const bool is_unknown = first.is_cancelled && record.unanswered != unanswered_call::none;
        BOOST_TEST(second.outcome->has_value() == !is_unknown, "allocation " << n);
        BOOST_TEST(calls == (is_unknown && record.unanswered == unanswered_call::init_upload ? 1u : 2u),
                   "allocation " << n);
        if (is_unknown) BOOST_TEST((second.outcome->error() == errc::outcome_unknown));
        return first.has_failed;
    };
    go(then::again, -1);
    for (const auto what : {then::again, then::cancel})
        BOOST_TEST(for_each_failure([&](long n) { return go(what, n); }, stride_of_failures) > 200);
}

BOOST_AUTO_TEST_CASE(a_draft_is_published_once) {
    std::string id;
    id.reserve(200);
    const auto told = [](const published_draft& d) {
        return d.publish_id.text + ' ' + d.article_id.text + ' ' + d.articles.at(0).article_url;
    };
    const auto publish = [&](auto prepare) {
        return walk<publish_draft>(
            [&](world& w) {
                prepare(w);
                id = w.add_draft();
            },
            [&](world& w) {
                publish_options how;
                how.persist = [](const auto& r) -> result<void> {
                    static_cast<void>(encode(r).value());
                    return {};
                };
                return std::make_unique<publish_draft>(id, w.o, std::move(how));
            },
            told);
    };
    BOOST_TEST(publish(nothing) > 30);
    BOOST_TEST(publish([](world& w) { w.inject(freepublish::submit::at, fault::lose_answer{}); }) > 5);
    BOOST_TEST(publish([](world& w) { w.inject(freepublish::get::at, fault::error_code{45009}, 2); }) > 30);
    BOOST_TEST(publish([](world& w) { w.p.rules().publication_fails = "title"; }) > 30);
}

BOOST_AUTO_TEST_CASE(what_was_submitted_is_persisted_once) {
    const auto go = [](long n) {
        world w;
        const auto id = w.add_draft();
        int persisted = 0;
        const run<publish_draft> r(
            w,
            [&](world& in) {
                publish_options how;
                how.persist = [&](const auto&) -> result<void> { return ++persisted, result<void>(); };
                return std::make_unique<publish_draft>(id, in.o, std::move(how));
            },
            then::again, n);
        BOOST_TEST(r.outcome->has_value());
        BOOST_TEST(persisted == 1);
        return r.has_failed;
    };
    go(-1);
    BOOST_TEST(for_each_failure(go) > 30);
}

BOOST_AUTO_TEST_CASE(an_article_is_published_once) {
    std::string id;
    id.reserve(200);
    const auto told = [](const publish::query::response& r) { return r.url.value_or("none"); };
    const auto submit = [&](auto prepare) {
        return walk<publish_article>(
            [&](world& w) {
                prepare(w);
                article a{"title", w.add_cover()};
                a.content = "<p>text</p>";
                id = w.ask(publish::uploadnews{{a}}).media_id;
            },
            [&](world& w) { return std::make_unique<publish_article>(id, w.o, backoff{.tries = 3}); }, told);
    };
    BOOST_TEST(submit(nothing) > 20);
    BOOST_TEST(submit([](world& w) { w.inject(publish::submit::at, fault::lose_answer{}); }) > 5);
    BOOST_TEST(submit([](world& w) { w.p.rules().review_refuses = "title"; }) > 20);
    BOOST_TEST(submit([](world& w) { w.p.rules().review = 24h; }) > 20);
}

BOOST_AUTO_TEST_CASE(each_item_is_listed_once) {
    using flow = pages<draft::batchget>;
    std::string titles;
    titles.reserve(1'000);
    const auto list = [&](auto prepare) {
        return walk<flow>(
            [&](world& w) {
                for (int i = 0; i != 5; ++i) w.add_draft();
                prepare(w);
            },
            [&](world& w) {
                titles.clear();
                return std::make_unique<flow>(
                    draft::batchget{0, 2, {}},
                    [&](draft::batchget::entry&& e) {
                        const no_failures guard;
                        titles += e.media_id + '\n';
                        return true;
                    },
                    w.o);
            },
            [&](std::uint64_t n) { return titles + std::to_string(n); });
    };
    BOOST_TEST(list(nothing) > 30);
    BOOST_TEST(list([](world& w) { w.inject(draft::batchget::at, fault::error_code{45009}, 2); }) > 20);
}

BOOST_AUTO_TEST_CASE(a_quota_is_read_once) {
    const auto told = [](const std::vector<quota_left>& all) {
        std::string out;
        for (const auto& q : all) out += q.cgi_path + ' ' + std::to_string(q.day.used) + '\n';
        return out;
    };
    const auto make = [](world& w) {
        return std::make_unique<read_quota>(read_quota::of<draft::add, draft::get>(w.o));
    };
    BOOST_TEST(walk<read_quota>(nothing, make, told) > 15);
    BOOST_TEST(walk<read_quota>([](world& w) { w.inject(openapi::quota_get::at, fault::error_code{-1}, 2); },
                                make, told) > 15);
}

// ---- Policies

BOOST_AUTO_TEST_CASE(a_call_with_policies_is_made_once) {
    using flow = with_all<call<draft::count>>;
    const auto make = [](world& w) {
        return std::make_unique<flow>(w, call<draft::count>(draft::count{}, w.o), world::grant());
    };
    BOOST_TEST(walk<flow>(nothing, make, count_told) > least_allocations(30));
    BOOST_TEST(walk<flow>([](world& w) { w.unreachable = w.o.host; }, make, count_told) >
               least_allocations(30));
    BOOST_TEST(walk<flow>([](world& w) { w.fails_store = true; }, make, count_told) > least_allocations(20));
    for (const fault::any& f : {fault::any(fault::expire_token{}), fault::any(fault::error_code{-1}),
                                fault::any(fault::error_code{45009}), fault::any(fault::lose_answer{}),
                                fault::any(fault::error_code{45011})})
        BOOST_TEST(walk<flow>([&](world& w) { w.inject(draft::count::at, f); }, make, count_told) >
                   least_allocations(30));
    BOOST_TEST(walk<flow>([](world& w) { w.inject(auth::stable_token::at, fault::error_code{45009}); }, make,
                          count_told) > least_allocations(20));
    BOOST_TEST(walk<flow>([](world& w) { w.inject(auth::stable_token::at, fault::lose_answer{}); }, make,
                          count_told) > least_allocations(20));
}

BOOST_AUTO_TEST_CASE(a_token_is_renewed_once) {
    const auto told = [](const token_record& r) { return r.token.reveal() + ' ' + std::to_string(r.fence); };
    using flow = force_renewal;
    const auto make = [](world& w) {
        const token_policy<memory_token_store> p(w.store, world::grant());
        return std::make_unique<flow>(p.force_renewal(w.o));
    };
    const auto has_a_token = [](world& w) { w.store.commit({w.token, 0, 2h, 1h}).value(); };
    BOOST_TEST(walk<flow>(nothing, make, told) > 10);
    BOOST_TEST(walk<flow>(has_a_token, make, told) > 15);
    for (const fault::any& f : {fault::any(fault::error_code{45011}), fault::any(fault::lose_answer{})})
        BOOST_TEST(walk<flow>(
                       [&](world& w) {
                           has_a_token(w);
                           w.inject(auth::stable_token::at, f);
                       },
                       make, told) > 10);
}

BOOST_AUTO_TEST_CASE(flows_with_policies_do_all_once) {
    using uploading = with_all<upload>;
    const auto make = [](world& w) {
        return std::make_unique<uploading>(w, std::move(*make_upload(w, in_blocks())), world::grant());
    };
    BOOST_TEST(walk<uploading>(nothing, make, video_told) > 250);
    BOOST_TEST(
        walk<uploading>([](world& w) { w.inject(upload_video::upload_block::at, fault::expire_token{}, 2); },
                        make, video_told) > 250);
}

BOOST_AUTO_TEST_CASE(a_download_with_policies_is_whole) {
    using flow = with_all<download<material::get_material>>;
    std::string id, given;
    id.reserve(200), given.reserve(200);
    const auto walk_with = [&](auto prepare) {
        return walk<flow>(
            [&](world& w) {
                id = w.add_cover();
                prepare(w);
            },
            [&](world& w) {
                given.clear();
                return std::make_unique<flow>(
                    w,
                    download(
                        material::get_material{id},
                        [&](std::string_view bytes) { return given.append(bytes), result<void>(); }, w.o),
                    world::grant());
            },
            [&](const auto& r) { return given + std::to_string(r.size); });
    };
    BOOST_TEST(walk_with(nothing) > least_allocations(40));
    BOOST_TEST(walk_with([](world& w) { w.inject(material::get_material::at, fault::error_code{-1}); }) >
               least_allocations(40));
    BOOST_TEST(walk_with([](world& w) { w.inject(material::get_material::at, fault::expire_token{}); }) >
               least_allocations(40));
    BOOST_TEST(walk_with([](world& w) { w.takes_sinks = false; }) > least_allocations(40));
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
