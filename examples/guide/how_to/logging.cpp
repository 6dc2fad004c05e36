// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <cstdio>

//! [transport]
template <wxmp::blocking_transport Next> struct logged {
    Next next;

    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        auto answer = next.send(r);
        const char* verb = r.verb == wxmp::method::post ? "POST" : "GET";
        const auto came = answer ? std::to_string(answer->status) : answer.error().message();
        std::printf("%s %s: %s\n", verb, r.safe_target.c_str(), came.c_str());
        return answer;
    }
};
//! [transport]

int main() {
    wxmp::testing::platform service;
    service.add_account("wx1", wxmp::secret("s"));
    wxmp::memory_token_store tokens;
    //! [client]
    wxmp::client client(
        logged<wxmp::testing::platform_transport>{wxmp::testing::platform_transport(service)},
        wxmp::options{},
        wxmp::token_policy(tokens, wxmp::auth::token{.appid = "wx1", .secret = wxmp::secret("s")}));
    const auto drafts = client(wxmp::draft::count{});
    const auto draft = client(wxmp::draft::get{.media_id = "no-such-draft"});
    //! [client]
    //! [error]
    if (!draft)
        std::printf("code %d, rid %s: %s\n", draft.error().api_code(), draft.error().rid().c_str(),
                    draft.error().message().c_str());
    //! [error]
    return drafts ? 0 : 1;
}
