// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <cstdio>

int main() {
    wxmp::testing::platform service;
    service.add_account("wx1", wxmp::secret("s"));
    service.inject({.call = "/cgi-bin/draft/count", .what = wxmp::testing::fault::http_status{500}});

    wxmp::memory_token_store store;
    const wxmp::auth::stable_token login{.appid = "wx1", .secret = wxmp::secret("s")};
    wxmp::client client(wxmp::testing::platform_transport(service), wxmp::options{},
                        wxmp::token_policy(store, login), wxmp::retry_policy());
    const auto drafts = client(wxmp::draft::count{});  // fails, waits on a virtual clock, and succeeds
    const bool repeats = drafts && service.calls<wxmp::draft::count>() == 2;
    std::printf("repeats %d\n", repeats);
    return repeats ? 0 : 1;
}
