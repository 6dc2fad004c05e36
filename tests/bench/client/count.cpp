// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Calls of a client, for count_instructions: what its policies add to a call.
//
//     wxmp_bench_client bare|policies CALLS
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/transport/memory_token_store.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

// Answers at once.
struct instant_transport {
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r) {
        const bool is_grant = r.safe_target.find("access_token") == std::string::npos;
        return wxmp::http::response{200, {{"Content-Type", "application/json"}}, is_grant ? grant : answer};
    }
    std::string grant = R"({"access_token":")" + std::string(136, 'x') + R"(","expires_in":7200})";
    std::string answer = R"({"total_count":3})";
};

template <class Client> int make_calls(Client client, int calls) {
    client.access_token(wxmp::secret(std::string(136, 'x')));
    int good = 0;
    for (int i = 0; i != calls; ++i) good += client(wxmp::draft::count{}).has_value();
    std::printf("%d of %d\n", good, calls);
    return good == calls ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const int calls = std::atoi(argv[2]);
    if (std::string_view(argv[1]) == "bare") return make_calls(wxmp::client(instant_transport{}), calls);
    wxmp::memory_token_store store;
    const wxmp::token_policy tokens(store,
                                    wxmp::auth::stable_token{.appid = "wx1", .secret = wxmp::secret("s")});
    return make_calls(wxmp::client(instant_transport{}, wxmp::options{}, tokens, wxmp::retry_policy(),
                                   wxmp::failover_policy()),
                      calls);
}
