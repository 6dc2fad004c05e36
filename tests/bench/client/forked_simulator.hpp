// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_BENCH_CLIENT_FORKED_SIMULATOR_HPP
#define WXMP_TESTS_BENCH_CLIENT_FORKED_SIMULATOR_HPP

#include <wxmp/testing/platform.hpp>

#include "../../../examples/server/beast_server.hpp"
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <sys/prctl.h>
#include <unistd.h>
#include <utility>

namespace wxmp_bench {

/// Serves a platform over HTTP on the loopback, in a process of its own, so that what it takes is not counted.
class forked_simulator {
public:
    /// To be made before any thread is.
    explicit forked_simulator(wxmp::testing::platform p) {
        int ends[2];
        if (::pipe(ends) != 0) std::abort();
        child_ = ::fork();
        if (child_ < 0) std::abort();
        if (child_ == 0) serve(std::move(p), ends[1]);
        std::array<char, 64> text{};
        const auto size = ::read(ends[0], text.data(), text.size());
        if (size <= 0) std::abort();
        host_.assign(text.data(), static_cast<std::size_t>(size));
        ::close(ends[0]);
        ::close(ends[1]);
    }
    forked_simulator(const forked_simulator&) = delete;
    forked_simulator& operator=(const forked_simulator&) = delete;
    ~forked_simulator() { ::kill(child_, SIGKILL); }

    const std::string& host() const noexcept { return host_; }

private:
    [[noreturn]] static void serve(wxmp::testing::platform p, int to_parent) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const servers::beast_server server([&p](const wxmp::http::request& r) {
            using std::chrono::milliseconds;
            const auto now = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
            auto a = p.handle(r, now);
            return servers::served{std::move(a.response), a.lost, a.delay};
        });
        const auto host = server.host();
        if (::write(to_parent, host.data(), host.size()) < 0) std::abort();
        for (;;) ::pause();
    }

    pid_t child_{};
    std::string host_{};
};

}  // namespace wxmp_bench

#endif
