// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Eight threads share one client that cares for its token. Prints what happened; system/token_threads judges.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/api/draft/get.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/force_renewal.hpp>
#include <wxmp/flow/with_failover.hpp>
#include <wxmp/flow/with_retry.hpp>
#include <wxmp/src.hpp>
#include <wxmp/testing/platform.hpp>
#include <wxmp/transport/memory_token_store.hpp>
#include <wxmp/transport/token_care.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
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
        now_ += 10ms;
        log_ += r.safe_target + '\n';
        if (first_host_is_down_ && r.host == "api.weixin.qq.com")
            return wxmp::error(wxmp::errc::connect_failed);
        return platform_.handle(r, now_).response;
    }

    [[nodiscard]] wxmp::time_point now() const {
        const std::lock_guard lock(mutex_);
        return now_;
    }

    void wait_until(wxmp::time_point t) {
        {
            const std::lock_guard lock(mutex_);
            now_ = std::max(now_, std::min(t, now_ + 1ms));
        }
        std::this_thread::sleep_for(100us);
    }

    void expire_tokens() {
        const std::lock_guard lock(mutex_);
        const auto all = owner_.tokens.issued();
        for (const auto& t : all) owner_.tokens.expire(t.text.reveal(), now_);
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
    wxmp::time_point now_{1'767'240'000s};
    std::string log_;
    bool first_host_is_down_{};
};

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

void in_threads(int count, const std::function<void()>& f) {
    std::vector<std::thread> all;
    for (int i = 0; i != count; ++i) all.emplace_back(f);
    for (auto& one : all) one.join();
}

}  // namespace

int main() {
    shared_transport transport;
    wxmp::memory_token_store store;
    const wxmp::auth::stable_token grant{.appid = "wx1", .secret = wxmp::secret("CANARY-secret")};
    const wxmp::token_pace pace{.retry = 20ms, .stable_early = 4s};
    wxmp::client c(std::ref(transport), wxmp::options{}, wxmp::token_care(store, grant, pace),
                   wxmp::retry_care(), wxmp::failover_care());
    tally t;
    for (int round = 0; round != 20; ++round) {
        transport.take_first_host_down(round % 4 == 3);
        if (round % 2 == 1) transport.expire_tokens();
        in_threads(8, [&] { work(c, t, 25); });
    }
    // One of eight gets through: the service takes one every 30 s; the others are told so, or share it. With
    // retries they would wait for the next minute instead, one after the other.
    wxmp::client impatient(std::ref(transport), wxmp::options{}, wxmp::failover_care());
    in_threads(8,
               [&] { t.add(impatient.run(wxmp::force_renewal(store, grant, c.settings(), pace)), 45011); });
    in_threads(8, [&] { work(c, t, 5); });

    const auto& issued = transport.owner().tokens.issued();
    const auto all = t.said + transport.log();
    int leaks = all.find("CANARY") != all.npos;
    for (const auto& token : issued) leaks += all.find(token.text.reveal()) != all.npos;
    std::printf("calls %d\nfailures %d\ntokens %zu\nleaks %d\nlines %td\n", t.calls.load(), t.failures.load(),
                issued.size(), leaks, std::count(all.begin(), all.end(), '\n'));
}
