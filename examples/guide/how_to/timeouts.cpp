// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <chrono>
#include <cstdio>

int main() {
    using namespace std::chrono_literals;
    wxmp::testing::platform service;  // answers each call of this program ten seconds late
    service.add_account("wx1", wxmp::secret("s"));
    service.inject({.call = "/cgi-bin/draft/count", .times = 100, .what = wxmp::testing::fault::delay{10s}});
    wxmp::memory_token_store tokens;
    const wxmp::auth::stable_token login{.appid = "wx1", .secret = wxmp::secret("s")};

    //! [timeout]
    wxmp::client impatient(wxmp::testing::platform_transport(service), wxmp::options{.timeout = 5s},
                           wxmp::token_policy(tokens, login));
    const auto drafts = impatient(wxmp::draft::count{});
    if (!drafts) std::printf("%s\n", drafts.error().message().c_str());
    //! [timeout]

    //! [deadline]
    wxmp::client stubborn(wxmp::testing::platform_transport(service), wxmp::options{.timeout = 5s},
                          wxmp::token_policy(tokens, login),
                          wxmp::retry_policy{.pauses = {.tries = 0, .longest = 2s}});
    const auto late = stubborn(wxmp::draft::count{}, {.deadline = 60s});
    if (!late) std::printf("%s\n", late.error().message().c_str());
    std::printf("requests: %llu\n", static_cast<unsigned long long>(service.calls<wxmp::draft::count>()));
    //! [deadline]
    return 0;
}
