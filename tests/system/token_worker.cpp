// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// One of several programs that share an access token: makes calls for a while, and tells how many failed.
//
//     token_worker SERVER REDIS_SOCKET SECONDS LEASE EARLY GRANT STORE STALLS SEED
//
// SERVER is host:port; LEASE, EARLY in milliseconds, see token_pace; GRANT: stable or plain; STORE: redis or
// naive; STALLS: with so many percent of its leases, it stops itself (SIGSTOP) somewhere in the renewal.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/src.hpp>
#include <wxmp/transport/token_care.hpp>

#include "../../examples/stores/redis.hpp"
#include "../../examples/transports/curl.hpp"
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace {

using std::chrono::milliseconds;

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

// The store, with stalls. A naive one is a shared cache: no lock, and the last to write is right.
class shared_store {
public:
    shared_store(stores::redis& inner, bool is_naive, stalls& s)
        : inner_(inner), naive_(is_naive), stalls_(s) {}

    auto load() { return inner_.load(); }
    auto invalidate(const wxmp::secret& token) { return inner_.invalidate(token); }

    wxmp::result<std::optional<std::uint64_t>> try_lease(wxmp::time_point now, milliseconds time) {
        auto fence = naive_ ? std::optional<std::uint64_t>(1) : inner_.try_lease(now, time);
        if (fence && *fence) stalls_.begin();
        return fence;
    }
    wxmp::result<bool> commit(wxmp::token_record r) {
        stalls_.pass(place::commit);
        if (naive_)
            r.fence = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count() /
                                                 1000);
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
        const bool is_grant = r.safe_target.find("access_token") == std::string::npos;
        if (is_grant) plan->pass(place::answered);
        return answer;
    }
};

struct tally {
    unsigned calls{}, failed{};
};

template <class Client> tally work(Client& call, std::chrono::seconds time) {
    tally t;
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
        ++t.calls;
        if (const auto n = call(wxmp::draft::count{}); !n) {
            ++t.failed;
            std::fprintf(stderr, "failed: %s\n", n.error().message().c_str());
        }
        std::this_thread::sleep_for(milliseconds(5));
    }
    return t;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 10) return 2;
    std::signal(SIGPIPE, SIG_IGN);
    const std::string appid = std::getenv("WXMP_APPID");
    const wxmp::secret secret(std::getenv("WXMP_SECRET"));
    stores::redis redis({.host = argv[2]}, appid);
    stalls plan(static_cast<unsigned>(std::atoi(argv[8])), static_cast<unsigned>(std::atoi(argv[9])));
    shared_store store(redis, std::string_view(argv[7]) == "naive", plan);
    const wxmp::token_pace pace{.lease = milliseconds(std::atoi(argv[4])),
                                .retry = milliseconds(20),
                                .stable_early = milliseconds(std::atoi(argv[5]))};
    wxmp::options o;
    o.scheme = "http";
    o.host = argv[1];
    const auto run = [&](auto grant) {
        wxmp::client call(stalling_curl{{}, &plan}, o, wxmp::token_care(store, std::move(grant), pace));
        return work(call, std::chrono::seconds(std::atoi(argv[3])));
    };
    const auto t = std::string_view(argv[6]) == "plain"
                       ? run(wxmp::auth::token{.appid = appid, .secret = secret})
                       : run(wxmp::auth::stable_token{.appid = appid, .secret = secret});
    std::printf("%u %u\n", t.calls, t.failed);
}
