// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The smallest program that makes a call, over a blocking transport.
#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>

namespace {

struct blocking_transport {
    wxmp::result<wxmp::http::response> send(const wxmp::http::request&) {
        return wxmp::http::response{200, {}, R"({"total_count":3})"};
    }
};

}  // namespace

int main() {
    wxmp::client client(blocking_transport{});
    client.access_token(wxmp::secret("TOKEN"));
    const auto answer = client(wxmp::draft::count{});
    return answer && answer->total_count == 3 ? 0 : 1;
}
