// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_SOCKET_WATCH_HPP
#define WXMP_EXAMPLES_TRANSPORTS_SOCKET_WATCH_HPP

#include <wxmp/error/error.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace transports {

/// For the time limits that a library has by itself and that are not to be in the way. Twenty days, as many
/// count milliseconds in an int.
inline constexpr std::chrono::milliseconds no_limit = std::chrono::hours(24 * 20);

/** Shuts a socket down in time: for libraries whose calls block and cannot be ended from outside.

    It has a thread of its own. For POSIX systems.
*/
class socket_watch {
public:
    /// @param timeout from now on; 0: none
    socket_watch(std::chrono::milliseconds timeout, std::stop_token stop)
        : thread_([this, stop = std::move(stop), end = end_of(timeout)] { run(stop, end); }) {}
    socket_watch(const socket_watch&) = delete;
    socket_watch& operator=(const socket_watch&) = delete;
    ~socket_watch() {
        finish();
        replace(-1);
    }

    /// The socket to shut, as soon as there is one. Another one takes its place.
    void watch(int socket) {
        const std::lock_guard lock(mutex_);
        replace(::dup(socket));  // so that nobody else closes it meanwhile
    }

    /// Watches no longer. Tells why the socket was shut: `errc::timeout`, `errc::cancelled`, or it was not.
    std::optional<wxmp::errc> finish() {
        {
            const std::lock_guard lock(mutex_);
            is_over_ = true;
        }
        wake_.notify_all();
        if (thread_.joinable()) thread_.join();
        return why_;
    }

private:
    using clock = std::chrono::steady_clock;

    // A year stands for all that is longer, as no clock tells the end of time.
    static clock::time_point end_of(std::chrono::milliseconds timeout) {
        const std::chrono::milliseconds longest = std::chrono::hours(24 * 365);
        return clock::now() + (timeout.count() == 0 ? longest : std::min(timeout, longest));
    }

    void run(const std::stop_token& stop, clock::time_point end) {
        const auto is_over = [this] { return is_over_; };
        std::unique_lock lock(mutex_);
        if (wake_.wait_until(lock, stop, end, is_over)) return;
        why_ = stop.stop_requested() ? wxmp::errc::cancelled : wxmp::errc::timeout;
        // More than once, as the library may not have come to its socket, or may open another one.
        do ::shutdown(socket_, SHUT_RDWR);
        while (!wake_.wait_for(lock, std::chrono::milliseconds(10), is_over));
    }

    void replace(int socket) noexcept {
        const int former = std::exchange(socket_, socket);
        if (former != -1) ::close(former);
    }

    std::mutex mutex_;
    std::condition_variable_any wake_;
    int socket_ = -1;
    bool is_over_{};
    std::optional<wxmp::errc> why_{};
    std::thread thread_;  // the last one, as it uses the others
};

}  // namespace transports

#endif
