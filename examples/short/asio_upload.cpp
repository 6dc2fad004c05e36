// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Uploads a film in a coroutine and waits for its review. Ctrl-C cancels it, whatever it is at.
#include <wxmp/wxmp.hpp>

#include <boost/asio.hpp>

#include "sources/file.hpp"
#include "transports/beast.hpp"
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <utility>

namespace asio = boost::asio;

asio::awaitable<bool> upload(auto& client, const sources::file& film) {
    wxmp::upload_options how;
    how.progress = [before = std::uint64_t()](const wxmp::upload_progress& p) mutable {
        if (std::exchange(before, p.sent) != p.sent) std::cout << p.sent << " bytes" << std::endl;
    };
    wxmp::video_details about{.title = "Waves", .video_desc = "The sea", .declare_ori = false};
    wxmp::upload flow("waves.mp4", film.size(), std::move(about), client.settings(), std::move(how));
    const wxmp::run_options from{.source = film};  // g++ 12 wants it to have a name
    const auto video = co_await client.run(std::move(flow), from);
    std::cout << (video ? "passed its review" : video.error().message()) << std::endl;
    co_return video.has_value();
}

int main(int argc, char** argv) {
    if (argc != 3) return std::cerr << "usage: asio_upload FILM HOST\n", 2;
    const auto film = sources::file::open(argv[1]);
    if (!film) return std::cerr << film.error().message() << '\n', 1;

    asio::io_context context;
    wxmp::memory_token_store tokens;
    const wxmp::auth::stable_token login{.appid = "wx5f0e1d2c3b4a6978", .secret = wxmp::secret("simulated")};
    wxmp::client client(transports::beast(context.get_executor()),
                        wxmp::options{.scheme = "http", .host = argv[2]}, wxmp::token_policy(tokens, login));

    asio::cancellation_signal stop;
    asio::signal_set ctrl_c(context, SIGINT);
    ctrl_c.async_wait([&](boost::system::error_code failed, int) {
        if (!failed) stop.emit(asio::cancellation_type::terminal);
    });
    bool has_passed{};
    const auto ended = [&](std::exception_ptr thrown, bool passed) {
        ctrl_c.cancel();
        if (thrown) std::rethrow_exception(thrown);
        has_passed = passed;
    };
    asio::co_spawn(context, upload(client, *film), asio::bind_cancellation_slot(stop.slot(), ended));
    context.run();
    return has_passed ? 0 : 1;
}
