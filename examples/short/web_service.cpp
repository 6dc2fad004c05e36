// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Serves the simulated service over HTTP, and at / a page about what it keeps and was asked.
#include <wxmp/testing/platform.hpp>

#include "server/beast_server.hpp"
#include "server/overview.hpp"
#include "server/readers.hpp"
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <unistd.h>

int main(int argc, char** argv) try {
    if (argc != 2) return std::cerr << "usage: web_service PORT\n", 2;
    wxmp::testing::platform service;
    service.rules().publication = std::chrono::seconds(1);  // in place of half a minute
    auto& account = service.add_account("wx5f0e1d2c3b4a6978", wxmp::secret("simulated"));
    servers::readers readers(account);
    servers::overview overview(account);

    const servers::beast_server server(
        [&](const wxmp::http::request& r) -> servers::served {
            const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
            if (r.target.reveal() == "/") return {overview.page(now), false, {}};
            if (auto comment = readers.answer(r, now)) return {*std::move(comment), false, {}};
            auto answer = service.handle(r, now);
            overview.note(r, answer.response);
            return {std::move(answer.response), answer.lost, answer.delay};
        },
        static_cast<std::uint16_t>(std::atoi(argv[1])));
    std::cout << server.url() << std::endl;
    pause();  // until it is killed; the server has a thread of its own
} catch (const std::exception& e) {
    return std::cerr << e.what() << '\n', 1;
}
