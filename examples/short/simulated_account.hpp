// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// An account to test with, without a network.
#ifndef SIMULATED_ACCOUNT_HPP
#define SIMULATED_ACCOUNT_HPP

#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

/// A service with one account.
struct simulated_account {
    wxmp::testing::platform service{};
    wxmp::memory_token_store tokens{};

    /// A client of the account, which has to outlive it. Its waits take no time.
    auto client() {
        service.add_account("wx1", wxmp::secret("s"));
        const wxmp::auth::stable_token login{.appid = "wx1", .secret = wxmp::secret("s")};
        return wxmp::client(wxmp::testing::platform_transport(service), wxmp::options{},
                            wxmp::token_policy(tokens, login), wxmp::retry_policy());
    }
};

#endif
