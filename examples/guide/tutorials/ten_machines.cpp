// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/wxmp.hpp>

#include "transports/curl.hpp"
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

//! [worker]
unsigned failures_of(auto& store, const wxmp::options& settings) {
    wxmp::client client(transports::curl(), settings,
                        wxmp::token_policy(store, wxmp::auth::token{.appid = "wx5f0e1d2c3b4a6978",
                                                                    .secret = wxmp::secret("simulated")}),
                        wxmp::retry_policy());
    unsigned failed = 0;
    for (int i = 0; i != 20; ++i) {
        const auto drafts = client(wxmp::draft::count{});
        if (!drafts) ++failed, std::puts(drafts.error().message().c_str());
    }
    return failed;
}
//! [worker]

int main(int argc, char** argv) {
    if (argc != 2) return std::fputs("usage: ten_machines HOST\n", stderr), 2;
    const wxmp::options settings{.scheme = "http", .host = argv[1]};
    //! [machines]
    wxmp::memory_token_store store;  // on real machines: stores::redis
    std::atomic<unsigned> failed = 0;
    std::vector<std::thread> machines;
    for (int i = 0; i != 10; ++i) machines.emplace_back([&] { failed += failures_of(store, settings); });
    for (auto& m : machines) m.join();
    std::printf("200 calls, %u failed\n", failed.load());
    //! [machines]
    return failed == 0 ? 0 : 1;
}
