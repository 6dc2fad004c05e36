// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/wxmp.hpp>

#include "transports/curl.hpp"
#include <iostream>

int main(int, char** argv) {
    wxmp::client client(transports::curl(), wxmp::options{.scheme = "http", .host = argv[1]});
    const wxmp::auth::stable_token login{.appid = "wx5f0e1d2c3b4a6978", .secret = wxmp::secret("simulated")};
    const auto token = client(login);
    if (!token) return std::cerr << token.error().message() << '\n', 1;
    std::cout << "a token for " << token->expires_in.count() << " seconds\n";
}
