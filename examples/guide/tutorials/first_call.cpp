// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//! [includes]
#include <wxmp/wxmp.hpp>

#include "transports/curl.hpp"
#include <cstdio>
#include <cstdlib>
//! [includes]

int fail(const wxmp::error& e) { return std::fprintf(stderr, "%s\n", e.message().c_str()), 1; }

int main(int argc, char** argv) {
    //! [client]
    wxmp::options settings;
    if (argc == 2) settings.scheme = "http", settings.host = argv[1];  // a simulator
    wxmp::client client(transports::curl(), settings);
    //! [client]

    //! [token]
    const char *appid = std::getenv("WXMP_APPID"), *secret = std::getenv("WXMP_SECRET");
    if (!appid || !secret) return std::fputs("WXMP_APPID and WXMP_SECRET name the account\n", stderr), 2;
    const auto grant = client(wxmp::auth::stable_token{.appid = appid, .secret = wxmp::secret(secret)});
    if (!grant) return fail(grant.error());
    client.access_token(grant->access_token);
    //! [token]

    //! [call]
    const auto drafts = client(wxmp::draft::count{});
    if (!drafts) return fail(drafts.error());
    std::printf("drafts: %llu\n", static_cast<unsigned long long>(drafts->total_count));
    //! [call]

    //! [error]
    const auto draft = client(wxmp::draft::get{.media_id = "no-such-draft"});
    if (draft.has_error() && draft.error() == wxmp::condition::not_found)
        std::printf("return code %d\n%s\n", draft.error().api_code(), draft.error().message().c_str());
    //! [error]

    //! [refused]
    const auto page = client(wxmp::draft::batchget{.offset = 0, .count = 100});
    if (!page) std::printf("%s\n", page.error().message().c_str());
    //! [refused]
    return 0;
}
