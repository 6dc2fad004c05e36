// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Eight threads share one client with a token policy: one that blocks, then one that calls back, as does its store.
// Prints what happened; system/token_threads judges.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/draft/get.hpp>
#include <wxmp/client.hpp>
#include <wxmp/src.hpp>
#include <wxmp/testing/platform.hpp>
#include <wxmp/testing/src.hpp>
#include <wxmp/testing/virtual_clock.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;

// A blocking transport for any number of threads, with a clock that every exchange and every pause moves on.
class shared_transport {
public:
    shared_transport() : owner_(platform_.add_account("wx1", wxmp::secret("CANARY-secret"))) {
        platform_.rules().token_life = 20s;
        platform_.rules().token_overlap = 2s;
    }

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        const std::lock_guard lock(mutex_);
        clock_.advance(10ms);
        log_ += r.safe_target + '\n';
        if (first_host_is_down_ && r.host == "api.weixin.qq.com")
            return wxmp::error(wxmp::errc::connect_failed);
        return platform_.handle(r, clock_.now().wall).response;
    }

    [[nodiscard]] wxmp::instant now() const {
        const std::lock_guard lock(mutex_);
        return clock_.now();
    }

    void wait_until(wxmp::time_point t) {
        {
            const std::lock_guard lock(mutex_);
            clock_.wait_until(std::min(t, clock_.now().steady + 1ms));
        }
        std::this_thread::sleep_for(100us);
    }

    void expire_tokens() {
        const std::lock_guard lock(mutex_);
        const auto all = owner_.tokens.issued();
        for (const auto& t : all) owner_.tokens.expire(t.text.reveal(), clock_.now().wall);
    }

    void take_first_host_down(bool on) {
        const std::lock_guard lock(mutex_);
        first_host_is_down_ = on;
    }

    // For one thread, when the others have ended.
    [[nodiscard]] const wxmp::testing::account& owner() const { return owner_; }
    [[nodiscard]] const std::string& log() const { return log_; }

private:
    mutable std::mutex mutex_;
    wxmp::testing::platform platform_;
    wxmp::testing::account& owner_;
    wxmp::testing::virtual_clock clock_{wxmp::wall_time(1'767'240'000s)};
    std::string log_;
    bool first_host_is_down_{};
};

// What the thread has to do: its handlers are called in its own loop.
thread_local std::deque<std::function<void()>> turns;

void run_turns() {
    while (!turns.empty()) {
        const auto turn = std::move(turns.front());
        turns.pop_front();
        turn();
    }
}

struct shared_callback_transport {
    shared_transport& inner;

    void send(const wxmp::http::request& r, std::function<void(wxmp::result<wxmp::http::response>)> told) {
        turns.push_back([this, &r, told = std::move(told)] { told(inner.send(r)); });
    }
    [[nodiscard]] wxmp::instant now() const { return inner.now(); }
    void wait_until(wxmp::time_point t, std::function<void()> told) {
        turns.push_back([this, t, told = std::move(told)] {
            inner.wait_until(t);
            told();
        });
    }
};

struct shared_callback_store {
    wxmp::memory_token_store& inner;

    void load(auto told) {
        later([this, told]() mutable { told(inner.load()); });
    }
    void lease(std::chrono::milliseconds time, auto told) {
        later([this, time, told]() mutable { told(inner.lease(time)); });
    }
    void commit(const wxmp::token_record& r, auto told) {
        later([this, &r, told]() mutable { told(inner.commit(r)); });
    }
    void release(std::uint64_t fence, auto told) {
        later([this, fence, told]() mutable { told(inner.release(fence)); });
    }
    void invalidate(const wxmp::secret& token, auto told) {
        later([this, &token, told]() mutable { told(inner.invalidate(token)); });
    }

private:
    static void later(std::function<void()> turn) { turns.push_back(std::move(turn)); }
};

static_assert(wxmp::callback_token_store<shared_callback_store>);

class tally {
public:
    std::atomic<int> calls{}, failures{};
    std::string said{};

    // Counts a call, and keeps what its error says; tells of one that is not the expected one.
    template <class T> void add(const wxmp::result<T>& r, int expected = 0) {
        ++calls;
        if (r.has_error()) note(r);
        const bool is_expected = r.has_error() ? r.error().api_code() == expected && expected != 0 : true;
        if (is_expected) return;
        ++failures;
        std::fprintf(stderr, "%s\n", r.error().message().c_str());
    }

private:
    template <class T> void note(const wxmp::result<T>& r) {
        std::string text = r.error().message() + '\n' + r.error().detail() + '\n';
        try {
            static_cast<void>(r.value());
        } catch (const std::exception& e) {
            (text += e.what()) += '\n';
        }
        const std::lock_guard lock(mutex_);
        said += text;
    }

    std::mutex mutex_{};
};

template <class Client> void work(Client& c, tally& t, int calls) {
    for (int i = 0; i != calls; ++i) {
        t.add(c(wxmp::draft::count{}));
        t.add(c(wxmp::draft::get{"nothing"}), 40007);
    }
}

// The same, ten at a time.
template <class Client> void work_calling_back(Client& c, tally& t, int calls) {
    for (int i = 0; i != calls; ++i) {
        c(wxmp::draft::count{}, [&](const auto& r) { t.add(r); });
        c(wxmp::draft::get{"nothing"}, [&](const auto& r) { t.add(r, 40007); });
        if (i % 5 == 4) run_turns();
    }
    run_turns();
}

// Calls that somebody else stops at any moment: they end, well or as cancelled.
template <class Call> void work_until_stopped(int calls, std::atomic<int>& ended, Call call) {
    for (int i = 0; i != calls; ++i) {
        std::stop_source source;
        const std::jthread stopper([&source] { source.request_stop(); });
        call(source.get_token(), [&](const auto& r) { ended += r || r.error() == wxmp::errc::cancelled; });
    }
}

void in_threads(int count, const std::function<void()>& f) {
    std::vector<std::thread> all;
    for (int i = 0; i != count; ++i) all.emplace_back(f);
    for (auto& one : all) one.join();
}

}  // namespace

int main() {
    shared_transport transport;
    wxmp::memory_token_store store([&] { return transport.now().steady; });
    const wxmp::auth::stable_token grant{.appid = "wx1", .secret = wxmp::secret("CANARY-secret")};
    wxmp::token_options often;
    often.again.first = 20ms;
    often.stable_early = 4s;
    const wxmp::token_policy policy(store, grant, often);
    wxmp::client c(std::ref(transport), wxmp::options{}, policy, wxmp::retry_policy(),
                   wxmp::failover_policy());
    shared_callback_store callback_store{store};
    wxmp::client calling_back(shared_callback_transport{transport}, wxmp::options{},
                              wxmp::token_policy(callback_store, grant, often), wxmp::retry_policy(),
                              wxmp::failover_policy());
    tally t;
    for (int round = 0; round != 20; ++round) {
        transport.take_first_host_down(round % 4 == 3);
        if (round % 4 == 1) transport.expire_tokens();
        in_threads(8, [&] { work(c, t, 25); });
        if (round % 4 == 3) transport.expire_tokens();
        in_threads(8, [&] { work_calling_back(calling_back, t, 25); });
    }
    // Threads that find their token refused at the same time, again and again.
    for (int round = 0; round != 40; ++round) {
        transport.expire_tokens();
        in_threads(8, [&] { work_calling_back(calling_back, t, 3); });
    }
    // One of eight gets through: the service takes one every 30 s; the others are told so, or share it. With
    // retries they would wait for the next minute instead, one after the other.
    wxmp::client impatient(std::ref(transport), wxmp::options{}, policy, wxmp::failover_policy());
    in_threads(8, [&] { t.add(impatient.run(policy.force_renewal(c.settings())), 45011); });
    in_threads(8, [&] { work(c, t, 5); });

    std::atomic<int> ended{};
    transport.expire_tokens();
    in_threads(8, [&] {
        work_until_stopped(25, ended, [&](std::stop_token stop, auto told) {
            told(c(wxmp::draft::count{}, {.stop = std::move(stop)}));
        });
        work_until_stopped(25, ended, [&](std::stop_token stop, auto told) {
            calling_back(wxmp::draft::count{}, {.stop = std::move(stop)}, told);
            run_turns();
        });
    });

    const auto& issued = transport.owner().tokens.issued();
    const auto all = t.said + transport.log();
    int leaks = all.find("CANARY") != all.npos;
    for (const auto& token : issued) leaks += all.find(token.text.reveal()) != all.npos;
    std::printf("calls %d\nfailures %d\nstopped %d\ntokens %zu\nleaks %d\nlines %td\n", t.calls.load(),
                t.failures.load(), ended.load(), issued.size(), leaks,
                std::count(all.begin(), all.end(), '\n'));
}
