// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_INTERRUPT_HPP
#define WXMP_EXAMPLES_INTERRUPT_HPP

#include <csignal>
#include <cstdlib>
#include <stop_token>
#include <thread>

/// Requests a stop upon SIGINT (Ctrl-C) or SIGTERM, so that a run ends in an orderly way. The second one ends
/// the process at once. To be made before any other thread is.
class interrupt {
public:
    interrupt() {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        // It ends with the process.
        std::thread([signals, source = source_]() mutable {
            int signal{};
            sigwait(&signals, &signal);
            source.request_stop();
            sigwait(&signals, &signal);
            std::_Exit(128 + signal);
        }).detach();
    }

    std::stop_token token() const { return source_.get_token(); }

private:
    std::stop_source source_;
};

#endif
