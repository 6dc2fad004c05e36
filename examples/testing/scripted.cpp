// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/scripted_transport.hpp>
#include <wxmp/wxmp.hpp>

#include <cstdio>

int main() {
    wxmp::client client{wxmp::testing::scripted_transport()};
    client.access_token(wxmp::secret("TOKEN"));
    auto& transport = client.next_layer();
    transport.reply(R"({"total_count":3})").reply(R"({"errcode":48001,"errmsg":"api unauthorized"})");

    const auto first = client(wxmp::draft::count{});
    const auto second = client(wxmp::draft::count{});
    const bool answers = first && first->total_count == 3;
    const bool errors = second.has_error() && second.error() == wxmp::condition::permission_denied;
    const bool requests = transport.sent().at(0).target.reveal() == "/cgi-bin/draft/count?access_token=TOKEN";
    std::printf("answers %d, errors %d, requests %d\n", answers, errors, requests);
    return answers && errors && requests ? 0 : 1;
}
