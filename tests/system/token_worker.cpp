// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// One of several programs that share an access token: makes calls for a while, and tells how many failed.
//
//     token_worker SERVER REDIS_SOCKET SECONDS LEASE EARLY GRANT STORE STALLS SEED
//
// SERVER is host:port; LEASE, EARLY in milliseconds, see token_options; GRANT: stable or plain; STORE: blocking,
// async (several calls at a time in one thread, and the store is asked in that as well) or naive; STALLS: with so
// many percent of its leases, it stops itself (SIGSTOP) somewhere in the renewal.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>

#include <boost/asio.hpp>

#include "../../examples/stores/redis.hpp"
#include "../../examples/stores/redis_asio.hpp"
#include "../../examples/transports/beast.hpp"
#include "../../examples/transports/curl.hpp"
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Where a holder of the lease can be stopped.
enum class place { nowhere, leased, answered, commit, release };

class stalls {
public:
    stalls(unsigned percent, unsigned seed) : percent_(percent), dice_(seed) {}

    void begin() {
        if (dice_() % 100 < percent_) at_ = static_cast<place>(1 + dice_() % 4);
        pass(place::leased);
    }
    void pass(place here) {
        if (at_ != here) return;
        at_ = place::nowhere;
        std::raise(SIGSTOP);
    }

private:
    unsigned percent_;
    std::mt19937 dice_;
    place at_ = place::nowhere;
};

bool is_grant(const wxmp::http::request& r) {
    return r.safe_target.find("access_token") == std::string::npos;
}

struct job {
    wxmp::options options;
    wxmp::token_options token;
    std::chrono::seconds time;
    bool is_naive;
};

struct tally {
    unsigned calls{}, failed{};

    void add(const wxmp::result<wxmp::draft::count::response>& r) {
        ++calls;
        if (r) return;
        ++failed;
        std::fprintf(stderr, "failed: %s\n", r.error().message().c_str());
    }
};

// ---- One thing at a time

// The store, with stalls. A naive one is a shared cache: no lock, and the last to write is right.
class blocking_store {
public:
    blocking_store(stores::redis& inner, bool is_naive, stalls& s)
        : inner_(inner), naive_(is_naive), stalls_(s) {}

    auto load() { return inner_.load(); }
    auto invalidate(const wxmp::secret& token) { return inner_.invalidate(token); }

    wxmp::result<std::optional<std::uint64_t>> lease(milliseconds time) {
        auto fence = naive_ ? std::optional<std::uint64_t>(1) : inner_.lease(time);
        if (fence && *fence) stalls_.begin();
        return fence;
    }
    wxmp::result<bool> commit(wxmp::token_record r) {
        stalls_.pass(place::commit);
        if (naive_)
            r.fence = static_cast<std::uint64_t>(steady_clock::now().time_since_epoch().count() / 1000);
        return inner_.commit(r);
    }
    wxmp::result<void> release(std::uint64_t fence) {
        stalls_.pass(place::release);
        return inner_.release(fence);
    }

private:
    stores::redis& inner_;
    bool naive_;
    stalls& stalls_;
};

struct stalling_curl {
    transports::curl inner{};
    stalls* plan;

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        auto answer = inner.send(r);
        if (is_grant(r)) plan->pass(place::answered);
        return answer;
    }
};

tally work_blocking(const job& j, const stores::redis_server& at, const std::string& appid, stalls& plan,
                    auto grant) {
    stores::redis redis(at, appid);
    blocking_store store(redis, j.is_naive, plan);
    wxmp::client call(stalling_curl{{}, &plan}, j.options,
                      wxmp::token_policy(store, std::move(grant), j.token));
    tally t;
    for (const auto end = steady_clock::now() + j.time; steady_clock::now() < end;) {
        t.add(call(wxmp::draft::count{}));
        std::this_thread::sleep_for(milliseconds(15));
    }
    return t;
}

// ---- Several at a time, in one thread

template <class T> using task = asio::awaitable<T>;

class async_store {
public:
    template <class T> using task = ::task<T>;

    async_store(stores::redis_asio& inner, stalls& s) : inner_(inner), stalls_(s) {}

    auto load() { return inner_.load(); }
    auto invalidate(const wxmp::secret& token) { return inner_.invalidate(token); }

    task<wxmp::result<std::optional<std::uint64_t>>> lease(milliseconds time) {
        auto fence = co_await inner_.lease(time);
        if (fence && *fence) stalls_.begin();
        co_return fence;
    }
    auto commit(const wxmp::token_record& r) {
        stalls_.pass(place::commit);
        return inner_.commit(r);
    }
    auto release(std::uint64_t fence) {
        stalls_.pass(place::release);
        return inner_.release(fence);
    }

private:
    stores::redis_asio& inner_;
    stalls& stalls_;
};

struct stalling_beast {
    template <class T> using task = ::task<T>;
    asio::any_io_executor io;
    transports::beast* inner;
    stalls* plan;

    task<wxmp::result<wxmp::http::response>> send(const wxmp::http::request& r) {
        auto answer = co_await wxmp::detail::send_by(*inner, r, wxmp::stop_token());
        if (is_grant(r)) plan->pass(place::answered);
        co_return answer;
    }
    task<wxmp::result<void>> wait_until(wxmp::time_point t) {
        co_await asio::steady_timer(io, t).async_wait(asio::use_awaitable);
        co_return wxmp::result<void>();
    }
};

task<void> call_again_and_again(auto& call, tally& t, steady_clock::time_point end) {
    asio::steady_timer pause(co_await asio::this_coro::executor);
    while (steady_clock::now() < end) {
        const wxmp::draft::count op{};
        const auto r = co_await call(op);
        t.add(r);
        pause.expires_after(milliseconds(50));
        co_await pause.async_wait(asio::use_awaitable);
    }
}

tally work_async(const job& j, const stores::redis_server& at, const std::string& appid, stalls& plan,
                 auto grant) {
    asio::io_context io(1);
    stores::redis_asio redis(io.get_executor(), at, appid);
    async_store store(redis, plan);
    transports::beast beast(io.get_executor());
    wxmp::client call(stalling_beast{io.get_executor(), &beast, &plan}, j.options,
                      wxmp::token_policy(store, std::move(grant), j.token));
    tally t;
    const auto end = steady_clock::now() + j.time;
    for (int i = 0; i != 4; ++i)
        asio::co_spawn(io, call_again_and_again(call, t, end), [](std::exception_ptr thrown) {
            if (thrown) std::rethrow_exception(thrown);
        });
    io.run();
    return t;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 10) return 2;
    std::signal(SIGPIPE, SIG_IGN);
    const std::string appid = std::getenv("WXMP_APPID");
    const wxmp::secret secret(std::getenv("WXMP_SECRET"));
    const std::string_view store = argv[7];
    stalls plan(static_cast<unsigned>(std::atoi(argv[8])), static_cast<unsigned>(std::atoi(argv[9])));
    job j{.options = {},
          .token = {},
          .time = std::chrono::seconds(std::atoi(argv[3])),
          .is_naive = store == "naive"};
    j.options.scheme = "http";
    j.options.host = argv[1];
    j.token.lease = milliseconds(std::atoi(argv[4]));
    j.token.stable_early = milliseconds(std::atoi(argv[5]));
    j.token.again.first = milliseconds(20);
    j.token.again.longest = milliseconds(100);  // as short beside the time before its end as by default
    if (std::string_view(argv[6]) == "plain")
        j.token.recheck = milliseconds(200);  // the former one lives for 2 s
    const stores::redis_server at{.host = argv[2]};
    const auto run = [&](auto grant) {
        if (store == "async") return work_async(j, at, appid, plan, std::move(grant));
        return work_blocking(j, at, appid, plan, std::move(grant));
    };
    const auto t = std::string_view(argv[6]) == "plain"
                       ? run(wxmp::auth::token{.appid = appid, .secret = secret})
                       : run(wxmp::auth::stable_token{.appid = appid, .secret = secret});
    std::printf("%u %u\n", t.calls, t.failed);
}
