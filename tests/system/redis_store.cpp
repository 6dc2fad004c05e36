// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// One user of a store in Redis, told on stdin what to do: see the script of the same name.
//
//     redis_store KIND HOST PORT TIMEOUT_MS APPID    with REDIS_USER and REDIS_PASSWORD in the environment
//     redis_store KIND HOST PORT TIMEOUT_MS          runs the conformance suite: lines `check|outcome|detail`
//
// KIND: blocking, awaitable or callback. What the suite wants of the server is a line as `do freeze`, which is
// answered by a line on stdin when it is done.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/testing/token_store_conformance.hpp>

#include <boost/asio.hpp>

#include "../../examples/stores/redis.hpp"
#include "../../examples/stores/redis_asio.hpp"
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <list>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

static_assert(stores::to_timeval(milliseconds(1'234)).tv_sec == 1);
static_assert(stores::to_timeval(milliseconds(1'234)).tv_usec == 234'000);
static_assert(stores::to_timeval(milliseconds::max()).tv_sec == 2'147'483);
static_assert(stores::to_timeval(milliseconds(-1)).tv_usec == 0);

using wxmp::testing::store_subject;

// ---- The stores

// What an application has around an asynchronous one: the loop, and a signal for each command.
struct loop {
    void run() {
        io.restart();
        io.run();
        signals.clear();
    }
    // In two turns, so that what was started before is under way.
    void cancel() {
        const auto emit = [this] {
            for (auto& s : signals) s.emit(asio::cancellation_type::terminal);
        };
        asio::post(io, [this, emit] { asio::post(io, emit); });
    }
    template <class Handler> auto cancellable(Handler told) {
        return asio::bind_cancellation_slot(signals.emplace_back().slot(), std::move(told));
    }

    asio::io_context io{};
    std::list<asio::cancellation_signal> signals{};
};

struct awaitable_harness : loop {
    template <class T> using task = asio::awaitable<T>;

    awaitable_harness(const stores::redis_server& at, const std::string& account)
        : store(io.get_executor(), at, account) {}

    auto load() { return store.load(); }
    auto lease(milliseconds time) { return store.lease(time); }
    auto commit(const wxmp::token_record& r) { return store.commit(r); }
    auto release(std::uint64_t fence) { return store.release(fence); }
    auto invalidate(const wxmp::secret& token) { return store.invalidate(token); }

    template <class T, class Handler> void spawn(task<T> t, Handler told) {
        const auto end = [told](std::exception_ptr thrown, T r) mutable {
            if (!thrown) told(std::move(r));
        };
        asio::co_spawn(io, and_go_on(std::move(t)), cancellable(end));
    }

    stores::redis_asio store;

private:
    // Throws where the coroutine is still cancelled.
    template <class T> static task<T> and_go_on(task<T> first) {
        auto r = co_await std::move(first);
        co_await asio::post(asio::use_awaitable);
        co_return r;
    }
};

struct callback_harness : loop {
    callback_harness(const stores::redis_server& at, const std::string& account)
        : store(io.get_executor(), at, account) {}

    void load(auto told) { store.load(cancellable(told)); }
    void lease(milliseconds time, auto told) { store.lease(time, cancellable(told)); }
    void commit(const wxmp::token_record& r, auto told) { store.commit(r, cancellable(told)); }
    void release(std::uint64_t fence, auto told) { store.release(fence, cancellable(told)); }
    void invalidate(const wxmp::secret& token, auto told) { store.invalidate(token, cancellable(told)); }

    stores::redis_asio store;
};

template <class Store> wxmp::testing::store_factory factory_of(const stores::redis_server& at) {
    return wxmp::testing::make_store_factory([at](const std::string& account) { return Store(at, account); });
}

wxmp::testing::store_factory factory_of(std::string_view kind, const stores::redis_server& at) {
    if (kind == "blocking") return factory_of<stores::redis>(at);
    if (kind == "awaitable") return factory_of<awaitable_harness>(at);
    if (kind == "callback") return factory_of<callback_harness>(at);
    return {};
}

// ---- The suite

auto do_it(const char* what) {
    return [what] {
        std::cout << "do " << what << std::endl;
        std::string done;
        std::getline(std::cin, done);
    };
}

int check(const wxmp::testing::store_factory& make) {
    wxmp::testing::store_conformance_options o;
    o.server = {
        .cut = do_it("cut"), .freeze = do_it("freeze"), .thaw = do_it("thaw"), .restart = do_it("restart")};
    const auto report = wxmp::testing::check_token_store(make, o);
    for (const auto& r : report.results)
        std::cout << r.name << '|' << to_string(r.outcome) << '|' << r.detail << std::endl;
    return report.passed() ? 0 : 1;
}

// ---- One command after another

std::string tell(const wxmp::error& e) {
    return "error " + std::to_string(e.code().value()) + ' ' + e.message();
}

std::string tell(const wxmp::store_request& what, const wxmp::store_answer& a) {
    if (std::holds_alternative<wxmp::lease_token>(what))
        return a.fence != 0 ? "fence " + std::to_string(a.fence) : "busy";
    if (std::holds_alternative<wxmp::commit_token>(what)) return a.committed ? "kept" : "refused";
    if (!std::holds_alternative<wxmp::load_token>(what)) return "ok";
    if (!a.record) return "none";
    const auto& r = *a.record;
    return "record " + r.token.reveal() + ' ' + std::to_string(r.fence) + ' ' +
           std::to_string(r.expires_in.count()) + ' ' + std::to_string(r.refresh_in.count());
}

std::string ask(store_subject& store, const wxmp::store_request& what) {
    const auto r = store.ask(what);
    return r ? tell(what, *r) : tell(r.error());
}

wxmp::store_request commit_of(std::istream& in) {
    std::uint64_t fence{};
    std::string token;
    std::int64_t expires{}, refresh{};
    in >> fence >> token >> expires >> refresh;
    return wxmp::commit_token{{wxmp::secret(token), fence, milliseconds(expires), milliseconds(refresh)}};
}

template <class T> T next_of(std::istream& in) {
    T x{};
    in >> x;
    return x;
}

wxmp::token_record record_of(std::uint64_t fence) { return {wxmp::secret("T"), fence, {}, {}}; }

// So many at a time lease, and commit and release if they can: as threads where the store blocks. Tells how many
// fences there were, and whether each was larger than those before.
std::string share(store_subject& store, std::size_t count) {
    constexpr int rounds = 100;
    constexpr milliseconds time{60'000};
    std::mutex mutex;
    std::vector<std::uint64_t> fences;
    const auto renew = [&](std::uint64_t fence) {
        const auto kept = store.ask(wxmp::commit_token{record_of(fence)});
        if (kept && kept->committed) {
            const std::lock_guard lock(mutex);
            fences.push_back(fence);
        }
        static_cast<void>(store.ask(wxmp::release_token{fence}));
    };
    const auto work = [&](std::size_t at_once) {
        const std::vector<wxmp::store_request> all(at_once, wxmp::lease_token{time});
        for (int i = 0; i != rounds; ++i)
            for (const auto& a : store.ask(all))
                if (a && a->fence != 0) renew(a->fence);
    };
    if (store.blocks()) {
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i != count; ++i) threads.emplace_back(work, 1);
        for (auto& t : threads) t.join();
    } else work(count);
    const bool ascending = std::is_sorted(fences.begin(), fences.end(), std::less_equal<>());
    return "shared " + std::to_string(fences.size()) + (ascending ? " ascending" : " not ascending");
}

// Asks for a lease, and wants it no more after a while.
std::string cancel_lease(store_subject& store) {
    std::thread canceller([&] {
        std::this_thread::sleep_for(milliseconds(100));
        store.cancel();
    });
    const auto said = ask(store, wxmp::lease_token{milliseconds(3'600'000)});
    canceller.join();
    return said;
}

// Asks, and drops the store.
std::string drop(const stores::redis_server& at) {
    asio::io_context io;
    std::string said;
    int times = 0;
    {
        stores::redis_asio store(io.get_executor(), at, "dropped");
        for (int i = 0; i != 3; ++i)
            store.load([&](const auto& r) {
                ++times;
                said = r ? "answered" : tell(r.error());
            });
        io.run_for(milliseconds(100));  // they are under way
        said += times != 0 ? "too early " : "";
    }
    io.restart();
    io.run();
    return said + " times " + std::to_string(times);
}

// The store of a client, whose server is silent as soon as the client has a lease.
struct freezing_store {
    template <class T> using task = asio::awaitable<T>;

    task<wxmp::result<std::optional<wxmp::token_record>>> load() {
        if (++loads == 2) do_it("freeze")();
        return inner.load();
    }
    auto lease(milliseconds time) { return inner.lease(time); }
    auto commit(const wxmp::token_record& r) { return inner.commit(r); }
    auto release(std::uint64_t fence) { return inner.release(fence); }
    auto invalidate(const wxmp::secret& token) { return inner.invalidate(token); }

    stores::redis_asio& inner;
    int loads{};
};

struct no_service {
    template <class T> using task = asio::awaitable<T>;
    task<wxmp::result<wxmp::http::response>> send(const wxmp::http::request&) {
        co_return wxmp::error(wxmp::errc::connect_failed);
    }
};

// A call of a coroutine that is cancelled while it has the lease and waits for the store.
std::string cancel_run(const stores::redis_server& at, const std::string& appid) {
    asio::io_context io;
    stores::redis_asio redis(io.get_executor(), at, appid);
    freezing_store store{redis};
    wxmp::client call(
        no_service(), wxmp::options(),
        wxmp::token_policy(store, wxmp::auth::stable_token{.appid = appid, .secret = wxmp::secret("s")}));
    std::string said = "it threw";
    asio::cancellation_signal signal;
    const auto told = [&](std::exception_ptr thrown, const auto& r) {
        if (!thrown) said = r ? "answered" : tell(r.error());
    };
    const wxmp::draft::count op{};
    asio::co_spawn(io, call(op), asio::bind_cancellation_slot(signal.slot(), told));
    asio::steady_timer timer(io, milliseconds(300));
    timer.async_wait([&](auto) { signal.emit(asio::cancellation_type::terminal); });
    io.run();
    return said + " loads " + std::to_string(store.loads);
}

std::string answer(store_subject& store, const stores::redis_server& at, const std::string& appid,
                   const std::string& line) {
    std::istringstream in(line);
    const auto what = next_of<std::string>(in);
    if (what == "load") return ask(store, wxmp::load_token());
    if (what == "lease") return ask(store, wxmp::lease_token{milliseconds(next_of<std::int64_t>(in))});
    if (what == "commit") return ask(store, commit_of(in));
    if (what == "release") return ask(store, wxmp::release_token{next_of<std::uint64_t>(in)});
    if (what == "invalidate")
        return ask(store, wxmp::invalidate_token{wxmp::secret(next_of<std::string>(in))});
    if (what == "share") return share(store, next_of<std::size_t>(in));
    if (what == "cancel_lease") return cancel_lease(store);
    if (what == "cancel_run") return cancel_run(at, appid);
    if (what == "drop") return drop(at);
    return "not understood";
}

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) return 2;
    std::signal(SIGPIPE, SIG_IGN);
    const stores::redis_server at{.host = argv[2],
                                  .port = std::atoi(argv[3]),
                                  .user = from_environment("REDIS_USER"),
                                  .password = wxmp::secret(from_environment("REDIS_PASSWORD")),
                                  .timeout = milliseconds(std::atoi(argv[4]))};
    const auto make = factory_of(argv[1], at);
    if (!make) return 2;
    if (argc == 5) return check(make);
    const auto store = make(argv[5]);
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answer(*store, at, argv[5], line) << std::endl;
}
