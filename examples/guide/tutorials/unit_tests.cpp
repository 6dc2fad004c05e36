// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/platform_transport.hpp>
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <cstdio>

//! [subject]
// What is tested: whether an account still has room for drafts.
wxmp::result<bool> has_room(auto& client) {
    const auto drafts = client(wxmp::draft::count{});
    if (!drafts) return drafts.error();
    return drafts->total_count < 3;
}
//! [subject]

int failed = 0;
void expect(bool passed, const char* what) {
    std::printf("%s %s\n", passed ? "ok" : "FAIL", what), failed += !passed;
}

//! [scripted]
void a_full_account_has_no_room() {
    wxmp::client client{wxmp::testing::scripted_transport()};
    client.access_token(wxmp::secret("TOKEN"));
    client.next_layer().reply(R"({"total_count":3})");
    const auto room = has_room(client);
    expect(room && !*room, "a full account has no room");
    const auto& sent = client.next_layer().sent();
    expect(sent.size() == 1 && sent[0].safe_target == "/cgi-bin/draft/count?access_token=***", "one request");
}
//! [scripted]

//! [faults]
void a_lost_answer_is_asked_for_again() {
    wxmp::testing::platform service;
    service.add_account("wx1", wxmp::secret("s"));
    service.inject({.call = "/cgi-bin/draft/count", .what = wxmp::testing::fault::lose_answer{}});
    wxmp::memory_token_store tokens;
    const wxmp::auth::stable_token login{.appid = "wx1", .secret = wxmp::secret("s")};
    wxmp::client client(wxmp::testing::platform_transport(service), wxmp::options{},
                        wxmp::token_policy(tokens, login), wxmp::retry_policy());
    const auto room = has_room(client);
    expect(room && *room, "an empty account has room, though an answer was lost");
    expect(service.calls<wxmp::draft::count>() == 2, "two requests");
}
//! [faults]

int main() {
    a_full_account_has_no_room();
    a_lost_answer_is_asked_for_again();
    return failed;
}
