// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/wxmp.hpp>

#include "transports/curl.hpp"
#include <chrono>
#include <cstdio>
#include <stop_token>
#include <thread>

int main() {
    using namespace std::chrono_literals;
    // Nobody listens there, so that each call is tried again after a pause of up to a minute.
    wxmp::client client(transports::curl(), wxmp::options{.scheme = "http", .host = "127.0.0.1:9"},
                        wxmp::retry_policy());
    client.access_token(wxmp::secret("TOKEN"));

    //! [stop]
    std::stop_source source;
    std::thread user([&] {
        std::this_thread::sleep_for(200ms);
        source.request_stop();
    });
    const auto stopped = client(wxmp::draft::count{}, {.stop = source.get_token()});
    user.join();
    if (!stopped && stopped.error() == wxmp::errc::cancelled) std::puts("stopped by the user");
    //! [stop]

    //! [deadline]
    const auto late = client(wxmp::draft::count{}, {.deadline = 200ms});
    if (!late && late.error() == wxmp::errc::deadline_exceeded) std::puts("stopped by its deadline");
    //! [deadline]
    return 0;
}
