// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_CURL_MULTI_HPP
#define WXMP_EXAMPLES_TRANSPORTS_CURL_MULTI_HPP

#include "curl_exchange.hpp"
#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <utility>

namespace transports {

/** Callback, over libcurl's multi interface: any number of exchanges at once. Keeps its connections.

    For one thread, which calls `run`; a stop may be requested from any. TLS may raise SIGPIPE. Neither the
    timeout nor a stop ends a name lookup.
*/
class curl_multi : public curl_settings {
public:
    using response_handler = std::function<void(wxmp::result<wxmp::http::response>)>;
    using wait_handler = std::function<void()>;

    void send(const wxmp::http::request& r, std::stop_token stop, response_handler h) {
        auto x = std::make_unique<exchange>(*this, r, std::move(stop), std::move(h));
        auto* easy = x->easy();
        exchanges_.emplace(easy, std::move(x));
    }

    void wait_until(wxmp::time_point t, std::stop_token stop, wait_handler h) {
        timers_.emplace(t, std::make_unique<timer>(multi_.get(), std::move(stop), std::move(h)));
    }

    /// Carries everything out and calls the handlers; returns when nothing is left.
    void run() {
        for (;;) {
            end_stopped_exchanges();
            end_finished_exchanges();
            end_timer();
            if (exchanges_.empty() && timers_.empty()) return;
            curl_multi_poll(multi_.get(), nullptr, 0, pause(), nullptr);
        }
    }

private:
    using milliseconds = std::chrono::milliseconds;

    struct exchange : curl_exchange {
        exchange(curl_multi& owner, const wxmp::http::request& r, std::stop_token s, response_handler h)
            : curl_exchange(owner.multi_.get(), owner.handles_, r, std::move(s), owner),
              handler(std::move(h)) {}

        wxmp::result<wxmp::http::response> outcome(CURLcode code) {
            try {
                return finish(code);
            } catch (...) {
                return wxmp::error_of_exception();
            }
        }

        response_handler handler;
    };

    struct timer {
        timer(CURLM* multi, std::stop_token s, wait_handler h)
            : stop(std::move(s)), wake_on_stop(stop, curl_waker{multi}), handler(std::move(h)) {}

        std::stop_token stop;
        curl_wake_on_stop wake_on_stop;
        wait_handler handler;
    };

    // Its handler may send again, or stop others.
    void end(CURL* easy, CURLcode code) {
        const auto x = std::move(exchanges_.extract(easy).mapped());
        x->handler(x->outcome(code));
    }

    void end_stopped_exchanges() {
        const auto next = [this] {
            return std::find_if(exchanges_.begin(), exchanges_.end(),
                                [](const auto& x) { return x.second->is_stopped(); });
        };
        for (auto x = next(); x != exchanges_.end(); x = next()) end(x->first, CURLE_ABORTED_BY_CALLBACK);
    }

    void end_finished_exchanges() {
        int count{};
        const auto state = curl_multi_perform(multi_.get(), &count);
        while (const auto* m = curl_multi_info_read(multi_.get(), &count))
            end(m->easy_handle, m->data.result);
        while (state != CURLM_OK && !exchanges_.empty())
            end(exchanges_.begin()->first, CURLE_ABORTED_BY_CALLBACK);
    }

    // One each time round, so that timers that begin anew hold nobody up.
    void end_timer() {
        const auto due = due_timer();
        if (due == timers_.end()) return;
        const auto ended = std::move(timers_.extract(due).mapped());
        ended->handler();
    }

    std::multimap<wxmp::time_point, std::unique_ptr<timer>>::iterator due_timer() {
        return std::find_if(timers_.begin(), timers_.end(), [now = now()](const auto& t) {
            return t.first <= now || t.second->stop.stop_requested();
        });
    }

    // How long to wait for sockets, as nothing else is to be done. libcurl has timers of its own besides.
    int pause() {
        const milliseconds longest(1000);
        if (due_timer() != timers_.end()) return 0;
        if (timers_.empty()) return static_cast<int>(longest.count());
        return static_cast<int>(std::min(timers_.begin()->first - now(), longest).count());
    }

    static wxmp::time_point now() {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
    }

    std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_{curl_multi_init(), curl_multi_cleanup};
    curl_handles handles_;
    std::map<CURL*, std::unique_ptr<exchange>> exchanges_;  // all gone before `multi_`
    std::multimap<wxmp::time_point, std::unique_ptr<timer>> timers_;
};

}  // namespace transports

#endif
