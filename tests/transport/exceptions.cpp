// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Whatever throws in a run, wherever it does: the flow is cancelled, the lease is given back, the next call works.
#include <wxmp/api/draft/batchget.hpp>
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/material/get_material.hpp>
#include <wxmp/flow/download.hpp>
#include <wxmp/flow/pages.hpp>
#include <wxmp/flow/publish_draft.hpp>

#include <boost/test/unit_test.hpp>

#include "../allocations.hpp"
#include "../flow/token_world.hpp"
#include "step_flows.hpp"
#include <cstddef>
#include <cstdint>
#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_exceptions)

namespace {

using namespace wxmp;
using namespace std::chrono_literals;
using namespace wxmp_test;

// Runs the flow; the mishap comes out, or is told as an error once where the style is that of callbacks.
template <class Style, flow F>
bool has_mishap(step_world& w, typename Style::kit& kit, F f, run_options o = {}) {
    try {
        const auto end = Style::run(w, kit, std::move(f), o);
        if (end && !*end) return false;
        BOOST_TEST((std::is_same_v<Style, callback_style>));
        BOOST_REQUIRE(end);
        BOOST_CHECK(**end == errc::exception_thrown);
        BOOST_TEST((**end).message().find("CANARY") == std::string::npos);
    } catch (const mishap&) {
        BOOST_TEST((!std::is_same_v<Style, callback_style>));
    }
    return true;
}

template <class Style> void goes_on(step_world& w, typename Style::kit& kit) {
    BOOST_TEST(is_free(w.store));
    const auto next = Style::run(w, kit, call<draft::count>(draft::count{}, w.options));
    BOOST_TEST((next && !*next));
}

// The transport, a timer or the store throws when something is begun.
BOOST_AUTO_TEST_CASE_TEMPLATE(whatever_is_begun_may_throw, Style, styles) {
    int thrown = 0;
    for (int at = 0;; ++at) {
        step_world w;
        typename Style::kit kit(w);
        w.refuse(draft::count::at.path, 1, -1);
        w.throw_at = at;
        const bool has = has_mishap<Style>(w, kit, call<draft::count>(draft::count{}, w.options));
        w.throw_at = -1;
        goes_on<Style>(w, kit);
        if (!has) break;
        ++thrown;
    }
    BOOST_TEST(thrown >= 8);  // load, lease, load, the token, commit, release, the call, a pause and the call
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_handler_of_items_may_throw, Style, styles) {
    for (int at = 0; at != 6; ++at) {
        step_world w;
        typename Style::kit kit(w);
        w.add_drafts(5);
        int given = 0;
        const auto take = [&](auto&&) {
            if (given++ == at) throw mishap();
            return true;
        };
        BOOST_TEST(has_mishap<Style>(w, kit, pages<draft::batchget>({0, 2, {}}, take, w.options)) ==
                   (at < 5));
        BOOST_TEST(given == std::min(at + 1, 5));
        goes_on<Style>(w, kit);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_sink_may_throw, Style, styles) {
    for (const bool throws : {true, false}) {
        step_world w;
        typename Style::kit kit(w);
        const auto id = w.add_cover();
        const auto sink = [throws](std::string_view) {
            if (throws) throw mishap();
            return result<void>();
        };
        BOOST_TEST(has_mishap<Style>(w, kit, download(material::get_material{id}, sink, w.options)) ==
                   throws);
        goes_on<Style>(w, kit);
    }
}

// Runs an upload in which each call of a hook throws once; `add(options, hook)` gives it to the upload. How often
// the hook was called in each run that it ended.
template <class Style, class Add> std::vector<std::size_t> throw_at_each_call(Add add) {
    std::vector<std::size_t> counts;
    for (std::size_t at = 0;; ++at) {
        step_world w;
        typename Style::kit kit(w);
        std::size_t calls = 0;
        const auto [flow, options] = small_upload(w, [&](upload_options& how) {
            add(how, [&] {
                if (calls++ == at) throw mishap();
            });
        });
        const bool has = has_mishap<Style>(w, kit, flow(), options);
        goes_on<Style>(w, kit);
        if (!has) return counts;
        counts.push_back(calls);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_persists_an_upload_may_throw, Style, styles) {
    const auto counts = throw_at_each_call<Style>([](upload_options& how, auto hook) {
        how.persist = [hook](const upload_record&) -> result<void> {
            hook();
            return {};
        };
    });
    BOOST_TEST(counts.size() >= 9u);
    // Once more at its end, for what is known and was not persisted.
    for (std::size_t i = 0; i != counts.size(); ++i) BOOST_TEST((counts[i] - i == 1 || counts[i] - i == 2));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_shows_progress_may_throw, Style, styles) {
    const auto counts = throw_at_each_call<Style>(
        [](upload_options& how, auto hook) { how.progress = [hook](const upload_progress&) { hook(); }; });
    BOOST_TEST(counts.size() >= 9u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_source_may_throw, Style, styles) {
    for (int at = 0; at != 10; ++at) {
        step_world w;
        typename Style::kit kit(w);
        const auto [flow, options] = small_upload(w);
        w.read_at = at;
        BOOST_TEST(has_mishap<Style>(w, kit, flow(), options));
        w.read_at = -1;
        goes_on<Style>(w, kit);
    }
}

// The random numbers throw: in the jitter of a token's renewal, and in that of a pause.
BOOST_AUTO_TEST_CASE_TEMPLATE(random_numbers_may_throw, Style, styles) {
    int thrown = 0;
    for (int at = 0;; ++at) {
        step_world w;
        w.refuse(draft::count::at.path, 1, -1);
        int calls = 0;
        w.options.random = [&calls, at, inner = w.options.random] {
            if (calls++ == at) throw mishap();
            return inner();
        };
        typename Style::kit kit(w);
        const bool has = has_mishap<Style>(w, kit, call<draft::count>(draft::count{}, w.options));
        goes_on<Style>(w, kit);
        if (!has) break;
        ++thrown;
    }
    BOOST_TEST(thrown >= 1);
}

// What the caller gave has no memory, at each of its calls in turn: that is what the caller is told.
template <class Style, class Make> int run_out_at_each_call(Make make) {
    for (int at = 0;; ++at) {
        step_world w;
        typename Style::kit kit(w);
        int calls = 0;
        const auto [flow, options] = make(w, [&calls, at] {
            if (calls++ == at) throw std::bad_alloc();
        });
        bool ran_out = false;
        try {
            const auto end = Style::run(w, kit, flow(), options);
            BOOST_REQUIRE(end);
            ran_out = *end && (**end).code() == boost::system::errc::not_enough_memory;
            BOOST_TEST((ran_out || !*end));
            BOOST_TEST((!ran_out || std::is_same_v<Style, callback_style>));
        } catch (const std::bad_alloc&) {
            BOOST_TEST((!std::is_same_v<Style, callback_style>));
            ran_out = true;
        }
        goes_on<Style>(w, kit);
        if (!ran_out) return at;
    }
}

struct hungry_source {
    std::function<void()> eat;
    std::string bytes = std::string(300, 'x');
    [[nodiscard]] std::uint64_t size() const { return bytes.size(); }
    std::size_t read_at(std::uint64_t at, void* out, std::size_t n) const {
        eat();
        return bytes.copy(static_cast<char*>(out), n, static_cast<std::size_t>(at));
    }
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_source_may_have_no_memory, Style, styles) {
    std::optional<hungry_source> source;
    const auto n = run_out_at_each_call<Style>([&source](step_world& w, auto eat) {
        source.emplace(hungry_source{eat});
        const auto size = source->bytes.size();
        return to_run{[&w, size] {
                          return upload("v.mp4", size, {"title", "words", false}, w.options,
                                        {.block_size = 64, .window = 2});
                      },
                      run_options{.source = *source}};
    });
    BOOST_TEST(n >= 6);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_sink_may_have_no_memory, Style, styles) {
    const auto n = run_out_at_each_call<Style>([](step_world& w, auto eat) {
        const auto sink = [eat](std::string_view) { return eat(), result<void>(); };
        const auto id = w.add_cover();
        return to_run{[&w, id, sink] { return download(material::get_material{id}, sink, w.options); }};
    });
    BOOST_TEST(n >= 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_takes_items_may_have_no_memory, Style, styles) {
    const auto n = run_out_at_each_call<Style>([](step_world& w, auto eat) {
        w.add_drafts(3);
        const auto take = [eat](auto&&) { return eat(), true; };
        return to_run{[&w, take] { return pages<draft::batchget>({0, 2, {}}, take, w.options); }};
    });
    BOOST_TEST(n == 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_persists_an_upload_may_have_no_memory, Style, styles) {
    const auto n = run_out_at_each_call<Style>([](step_world& w, auto eat) {
        return small_upload(w, [eat](upload_options& how) {
            how.persist = [eat](const upload_record&) { return eat(), result<void>(); };
        });
    });
    BOOST_TEST(n >= 9);
}

// The flow itself throws, in the middle of its work.
struct brittle {
    using value_type = int;
    enum class where { nowhere, next, on, take } at;
    bool is_asked{}, is_over{};
    store_request load{load_token()};

    flows::action next(instant) {
        if (at == where::next) throw mishap();
        if (is_over) return flows::done{};
        if (std::exchange(is_asked, true)) return flows::wait{time_point::max()};
        return flows::ask_store{1, &load};
    }
    void on(flows::event, instant) {
        if (at == where::on) throw mishap();
        is_over = true;
    }
    void cancel() { is_over = true, at = where::nowhere; }
    result<int> take() && {
        if (at == where::take) throw mishap();
        return 1;
    }
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_flow_may_throw, Style, styles) {
    using enum brittle::where;
    for (const auto at : {nowhere, next, on, take}) {
        step_world w;
        typename Style::kit kit(w);
        BOOST_TEST(has_mishap<Style>(w, kit, brittle{at}) == (at != nowhere));
        goes_on<Style>(w, kit);
    }
}

// A flow that goes on with its work whatever happens, before it gives back its lease.
class stubborn {
public:
    using value_type = int;

    stubborn(std::vector<std::string>& told, std::uint64_t fence)
        : told_(&told), release_(release_token{fence}) {}

    flows::action next(instant) {
        switch (told_->size()) {
        case 0: return flows::send{1, &request_};
        case 1: return flows::fetch{2, 0, 1};
        case 2: return flows::ask_store{3, &release_};
        default: return flows::done{};
        }
    }
    void on(const flows::event& e, instant) {
        const auto* f = std::get_if<flows::failed>(&e);
        told_->push_back(std::to_string(flows::id_of(e)) + ": " + (f ? f->why.message() : "done"));
    }
    void cancel() {}
    result<int> take() && { return 1; }

private:
    std::vector<std::string>* told_;
    store_request release_;
    http::request request_{};
};

BOOST_AUTO_TEST_CASE(after_an_exception_all_but_a_lease_is_refused) {
    struct {
        int sent{};
        result<http::response> send(const http::request&) {
            ++sent;
            throw mishap();
        }
    } transport;
    memory_token_store store;
    const auto fence = store.lease(1h).value();
    std::vector<std::string> told;
    BOOST_CHECK_THROW(drive(transport, store, stubborn(told, fence.value())), mishap);
    const std::vector<std::string> expected{"1: cancelled", "2: cancelled", "3: done"};
    BOOST_TEST(told == expected, boost::test_tools::per_element());
    BOOST_TEST(transport.sent == 1);
    BOOST_TEST(store.lease(1s).value().has_value());
}

BOOST_AUTO_TEST_CASE(what_a_handler_throws_passes_through) {
    step_world w;
    callback_style::kit kit(w);
    int times = 0;
    kit.client(draft::count{}, [&](const auto&) {
        ++times;
        throw mishap();
    });
    int thrown = 0;
    for (;;) try {
            while (w.loop.step()) {
            }
            break;
        } catch (const mishap&) {
            ++thrown;
        }
    BOOST_TEST(times == 1);
    BOOST_TEST(thrown == 1);
    goes_on<callback_style>(w, kit);
}

BOOST_AUTO_TEST_CASE(codes_of_exceptions_are_told) {
    const auto told = [](auto thrown) {
        try {
            throw thrown;
        } catch (...) {
            return error_of_exception();
        }
    };
    BOOST_CHECK(told(boost::system::system_error(make_error_code(errc::source_failed), "CANARY")) ==
                errc::source_failed);
    BOOST_CHECK(told(std::bad_alloc()).code() == boost::system::errc::not_enough_memory);
    BOOST_CHECK(told(1) == errc::exception_thrown);
    BOOST_CHECK(told(mishap()) == errc::exception_thrown);
}

// ---- Memory

// Each allocation of a whole run fails once, those of the library alone. A run that calls back tells it, unless it
// could not begin.
template <class Style, class Make> long fail_each_allocation_of_a_run(Make make, run_options o = {}) {
    return for_each_failure([&](long n) {
        step_world w;
        typename Style::kit kit(w);
        auto f = make(w);
        bool ran_out = false;
        bool has_failed = false;
        {
            const one_failure failure(n);
            try {
                const auto end = Style::run(w, kit, std::move(f), o);
                ran_out = end && *end && (**end).code() == boost::system::errc::not_enough_memory;
                if (!ran_out && end && *end)
                    BOOST_ERROR("allocation " << n << " ended it in " << (**end).message());
            } catch (const std::bad_alloc&) {
                ran_out = true;
            }
            has_failed = failure.has_come();
        }
        while (w.loop.step()) {
        }
        BOOST_TEST(is_free(w.store), "a lease is held after allocation " << n);
        const auto next = Style::run(w, kit, call<draft::count>(draft::count{}, w.options));
        BOOST_TEST((next && !*next), "the next call fails after allocation " << n);
        return ran_out || has_failed;
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(memory_may_run_out_in_a_call, Style, styles) {
    const auto n = fail_each_allocation_of_a_run<Style>(
        [](step_world& w) { return call<draft::count>(draft::count{}, w.options); });
    BOOST_TEST(n > 15);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(memory_may_run_out_when_a_token_was_refused, Style, styles) {
    const auto n = fail_each_allocation_of_a_run<Style>([](step_world& w) {
        w.expire_token_of(draft::count::at.path, 1);
        w.refuse(draft::count::at.path, 2, -1);
        return call<draft::count>(draft::count{}, w.options);
    });
    BOOST_TEST(n > 60);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(memory_may_run_out_in_an_upload, Style, styles) {
    static const std::string bytes(300, 'x');
    static const memory_source source{bytes};
    const auto n = fail_each_allocation_of_a_run<Style>(
        [](step_world& w) {
            return upload("v.mp4", bytes.size(), {"title", "words", false}, w.options,
                          {.block_size = 64, .window = 2});
        },
        {.source = source});
    BOOST_TEST(n > 100);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(memory_may_run_out_in_a_publication, Style, styles) {
    const auto n = fail_each_allocation_of_a_run<Style>([](step_world& w) {
        const auto media_id = w.add_drafts(1);
        return publish_draft(media_id, w.options);
    });
    BOOST_TEST(n > 40);
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
