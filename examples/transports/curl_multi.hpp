// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_CURL_MULTI_HPP
#define WXMP_EXAMPLES_TRANSPORTS_CURL_MULTI_HPP

#include "curl_exchange.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>

namespace transports {

/// Callback, over libcurl's multi interface: any number of exchanges at once. Keeps its connections.
class curl_multi {
public:
    using handler = std::function<void(wxmp::result<wxmp::http::response>)>;

    std::string ca_file{};  ///< PEM file of the certificates to trust; empty: the system's
    curl_exchange::observer progress{};  ///< told the bytes of both bodies of each exchange

    /// Ends at once what is under way and all that follows until `cancel(false)`; pauses are over early.
    /// From any thread, and from a signal handler.
    void cancel(bool on = true) noexcept { cancelled_ = on, curl_multi_wakeup(multi_.get()); }

    void send(const wxmp::http::request& r, handler h) {
        std::unique_ptr<running> x(new running{multi_.get(), std::move(h), {r, progress}});
        CURL* easy = x->exchange.easy;
        if (!ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file.c_str());
        if (!ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        running_.emplace(easy, std::move(x));
        curl_multi_add_handle(multi_.get(), easy);
    }

    void wait_until(wxmp::time_point t, std::function<void()> h) { timers_.emplace(t, std::move(h)); }

    /// The time of its pauses: the system's, but ahead of that where a pause was cut short.
    wxmp::time_point now() const {
        return std::max(skipped_, std::chrono::time_point_cast<ms>(std::chrono::system_clock::now()));
    }

    /// Carries everything out and calls the handlers; returns when nothing is left.
    void run() {
        for (int n{}; !running_.empty() || !timers_.empty();) {
            if (cancelled_ && !timers_.empty()) skipped_ = std::max(skipped_, timers_.begin()->first);
            const auto pause = timers_.empty() ? ms(1000) : timers_.begin()->first - now();
            const auto limited = static_cast<int>(std::clamp(pause, ms(0), ms(1000)).count());
            curl_multi_poll(multi_.get(), nullptr, 0, limited, nullptr);
            while (cancelled_ && !running_.empty()) end(running_.begin()->first, CURLE_ABORTED_BY_CALLBACK);
            curl_multi_perform(multi_.get(), &n);
            while (auto* m = curl_multi_info_read(multi_.get(), &n)) end(m->easy_handle, m->data.result);
            const bool due = !timers_.empty() && timers_.begin()->first <= now();
            if (due) timers_.extract(timers_.begin()).mapped()();
        }
    }

private:
    using ms = std::chrono::milliseconds;
    struct running {
        ~running() { curl_multi_remove_handle(multi, exchange.easy); }
        CURLM*        multi;
        handler       done;
        curl_exchange exchange;
    };

    void end(CURL* easy, CURLcode code) {
        const auto x = std::move(running_.extract(easy).mapped());
        x->done(x->exchange.finish(code, cancelled_));
    }

    std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>  multi_{curl_multi_init(), curl_multi_cleanup};
    std::map<CURL*, std::unique_ptr<running>>              running_;  // all gone before `multi_`
    std::multimap<wxmp::time_point, std::function<void()>> timers_;
    wxmp::time_point                                       skipped_{};
    std::atomic<bool>                                      cancelled_{};
};

}  // namespace transports
#endif
