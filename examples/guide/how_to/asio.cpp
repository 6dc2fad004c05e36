// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/wxmp.hpp>

#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include "transports/beast.hpp"
#include <cstdio>

namespace asio = boost::asio;

//! [task]
asio::awaitable<void> count(auto& client) {
    const wxmp::draft::count op{};  // g++ 12 wants it to have a name: see the page
    const auto drafts = co_await client(op);
    if (drafts) std::printf("drafts: %llu\n", static_cast<unsigned long long>(drafts->total_count));
}
//! [task]

//! [limit]
asio::awaitable<void> count_within(auto& client, std::chrono::milliseconds time) {
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    const wxmp::draft::count op{};
    const auto first = co_await (client(op) || timer.async_wait(asio::use_awaitable));
    std::puts(first.index() == 0 ? "in time" : "too late, and cancelled");
}
//! [limit]

int main(int argc, char** argv) {
    if (argc != 2) return std::fputs("usage: asio HOST\n", stderr), 2;
    //! [client]
    asio::io_context context;
    wxmp::memory_token_store tokens;
    wxmp::client client(
        transports::beast(context.get_executor()), wxmp::options{.scheme = "http", .host = argv[1]},
        wxmp::token_policy(tokens, wxmp::auth::stable_token{.appid = "wx5f0e1d2c3b4a6978",
                                                            .secret = wxmp::secret("simulated")}));
    asio::co_spawn(context, count(client), asio::detached);
    asio::co_spawn(context, count_within(client, std::chrono::seconds(20)), asio::detached);
    context.run();
    //! [client]
    return 0;
}
