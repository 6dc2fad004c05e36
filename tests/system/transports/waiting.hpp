// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What is tried with the timers of those adapters that do not block.
#ifndef WXMP_TESTS_SYSTEM_TRANSPORTS_WAITING_HPP
#define WXMP_TESTS_SYSTEM_TRANSPORTS_WAITING_HPP

#include "subjects.hpp"
#include <atomic>
#include <chrono>
#include <string>
#include <thread>

namespace wxmp_test {

inline wxmp::time_point in(std::chrono::milliseconds time) {
    return wxmp::detail::system_now().steady + time;
}

/// Each ends in its time, in their order, one that is past at once.
template <class Harness> std::string waits() {
    Harness h{""};
    std::string order, wrong;
    for (const int ms : {40, -1'000'000'000, 20, 60}) {
        const auto until = in(std::chrono::milliseconds(ms));
        h.wait_until(until, std::stop_token(), [&, until, ms] {
            if (in({}) < until) wrong = "a wait ended too early";
            order += std::to_string(ms) + ' ';
        });
    }
    h.run();
    return order == "-1000000000 20 40 60 " ? wrong : "they ended in the order " + order;
}

/// Requested from another thread meanwhile, and before it begins.
template <class Harness> std::string ends_a_wait_when_stopped() {
    Harness h{""};
    // The last one is more than fits into nanoseconds.
    for (const auto until : {in(std::chrono::hours(1)), in(std::chrono::hours(24 * 365 * 200)),
                             wxmp::time_point(std::chrono::milliseconds::max() - std::chrono::hours(1))}) {
        std::stop_source source;
        std::atomic<int> ended{};
        h.wait_until(until, source.get_token(), [&] { ++ended; });
        std::jthread other([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            if (ended == 0) source.request_stop();
        });
        h.run();
        other.join();
        if (!source.stop_requested()) return "it did not wait";
        h.wait_until(until, source.get_token(), [&] { ++ended; });
        h.run();
        if (ended != 2) return "the handlers were called " + std::to_string(ended) + " times";
    }
    return {};
}

/// One of two.
template <class Harness> std::string ends_no_other_wait() {
    Harness h{""};
    std::stop_source source;
    std::string order;
    h.wait_until(in(std::chrono::milliseconds(30)), std::stop_token(), [&] { order += "kept "; });
    h.wait_until(in(std::chrono::hours(1)), source.get_token(), [&] { order += "stopped "; });
    source.request_stop();
    h.run();
    return order == "stopped kept " ? "" : "they ended in the order " + order;
}

template <class Harness> own_checks waiting_checks() {
    return {{"waits", &waits<Harness>},
            {"ends_a_wait_when_stopped", &ends_a_wait_when_stopped<Harness>},
            {"ends_no_other_wait", &ends_no_other_wait<Harness>}};
}

}  // namespace wxmp_test

#endif
