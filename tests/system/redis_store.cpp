// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// One user of stores::redis, told on stdin what to do: see the script of the same name.
//
//     redis_store HOST PORT TIMEOUT_MS APPID     with REDIS_USER and REDIS_PASSWORD in the environment
#include <wxmp/src.hpp>

#include "../../examples/stores/redis.hpp"
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

using std::chrono::milliseconds;

wxmp::time_point now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string tell(const wxmp::error& e) {
    return "error " + std::to_string(e.code().value()) + ' ' + e.message();
}

std::string load(stores::redis& store, std::istream&) {
    const auto r = store.load();
    if (!r) return tell(r.error());
    if (!*r) return "none";
    const auto left = [](wxmp::time_point t) { return ' ' + std::to_string((t - now()).count()); };
    return "record " + (*r)->token.reveal() + ' ' + std::to_string((*r)->fence) + left((*r)->expires_at) +
           left((*r)->refresh_at);
}

std::string lease(stores::redis& store, std::istream& in) {
    std::int64_t time{};
    in >> time;
    const auto r = store.try_lease(now(), milliseconds(time));
    if (!r) return tell(r.error());
    return *r ? "fence " + std::to_string(**r) : "busy";
}

std::string commit(stores::redis& store, std::istream& in) {
    std::uint64_t fence{};
    std::string token;
    std::int64_t expires{}, refresh{};
    in >> fence >> token >> expires >> refresh;
    const auto r = store.commit(
        {wxmp::secret(token), fence, now() + milliseconds(expires), now() + milliseconds(refresh)});
    if (!r) return tell(r.error());
    return *r ? "kept" : "refused";
}

std::string release(stores::redis& store, std::istream& in) {
    std::uint64_t fence{};
    in >> fence;
    const auto r = store.release(fence);
    return r ? "ok" : tell(r.error());
}

std::string invalidate(stores::redis& store, std::istream& in) {
    std::string token;
    in >> token;
    const auto r = store.invalidate(wxmp::secret(token));
    return r ? "ok" : tell(r.error());
}

// So many threads lease, commit and release through the one store; tells how many fences there were, and how
// many different ones.
std::string share(stores::redis& store, std::istream& in) {
    constexpr int rounds = 100;
    std::size_t count{};
    in >> count;
    std::mutex mutex;
    std::vector<std::uint64_t> fences;
    const auto work = [&] {
        for (int i = 0; i != rounds; ++i) {
            const auto fence = store.try_lease(now(), milliseconds(60'000));
            if (!fence || !*fence) continue;
            if (const auto kept = store.commit({wxmp::secret("T"), **fence, now(), now()}); kept && *kept) {
                const std::lock_guard lock(mutex);
                fences.push_back(**fence);
            }
            static_cast<void>(store.release(**fence));
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i != count; ++i) threads.emplace_back(work);
    for (auto& t : threads) t.join();
    const bool ascending = std::is_sorted(fences.begin(), fences.end(), std::less_equal<>());
    return "shared " + std::to_string(fences.size()) + (ascending ? " ascending" : " not ascending");
}

std::string answer(stores::redis& store, const std::string& line) {
    std::istringstream in(line);
    std::string what;
    in >> what;
    if (what == "load") return load(store, in);
    if (what == "lease") return lease(store, in);
    if (what == "commit") return commit(store, in);
    if (what == "release") return release(store, in);
    if (what == "invalidate") return invalidate(store, in);
    if (what == "share") return share(store, in);
    return "not understood";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    std::signal(SIGPIPE, SIG_IGN);
    stores::redis store({.host = argv[1],
                         .port = std::atoi(argv[2]),
                         .user = from_environment("REDIS_USER"),
                         .password = wxmp::secret(from_environment("REDIS_PASSWORD")),
                         .timeout = milliseconds(std::atoi(argv[3]))},
                        argv[4]);
    for (std::string line; std::getline(std::cin, line);) std::cout << answer(store, line) << std::endl;
}
