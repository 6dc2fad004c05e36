// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "transports/curl_multi.hpp"

#include <wxmp/wxmp.hpp>

#include <cstdio>

int main(int argc, char** argv) {
    if (argc != 2) return std::fputs("usage: curl_multi HOST\n", stderr), 2;
    //! [client]
    transports::curl_multi http;  // carries out any number of exchanges in one thread
    wxmp::memory_token_store tokens;
    wxmp::client client(
        std::ref(http), wxmp::options{.scheme = "http", .host = argv[1]},
        wxmp::token_policy(tokens, wxmp::auth::stable_token{.appid = "wx5f0e1d2c3b4a6978",
                                                            .secret = wxmp::secret("simulated")}));
    //! [client]

    //! [calls]
    client(wxmp::draft::count{}, [](wxmp::result<wxmp::draft::count::response> r) {
        if (r) std::printf("drafts: %llu\n", static_cast<unsigned long long>(r->total_count));
    });
    client(wxmp::material::get_materialcount{}, [](auto r) {
        if (r) std::printf("pictures: %llu\n", static_cast<unsigned long long>(r->image_count));
    });
    http.run();  // returns when each handler was called
    //! [calls]

    //! [stop]
    auto stopped = client(wxmp::draft::count{}, [](auto r) {
        if (!r) std::printf("%s\n", r.error().message().c_str());
    });
    stopped.cancel();
    http.run();
    //! [stop]
    return 0;
}
