// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Serves the simulated platform over HTTP on the loopback address, for any program in any language.
#include "server/simulator.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view usage =
    "usage: simulator [--port N] [--appid ID] [--secret SECRET] [--speed FACTOR] [--faults SEED:PERCENT:MS]\n"
    "                 [--token-life SECONDS:OVERLAP]\n"
    "Prints its address, then serves until it is killed. FACTOR makes its clock run faster.\n"
    "--faults lets so many percent of the requests that upload a video fail, and answers each of them up to\n"
    "MS milliseconds late.\n"
    "--token-life tells how long a token is valid, and how long one that another took the place of; of a\n"
    "clock that is not made faster.\n";

bool read_arguments(servers::simulator_options& o, int argc, char** argv) {
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc) return false;
        const std::string_view name = argv[i];
        const char* value = argv[i + 1];
        if (name == "--port") o.port = static_cast<std::uint16_t>(std::atoi(value));
        else if (name == "--appid") o.appid = value;
        else if (name == "--secret") o.secret = value;
        else if (name == "--speed") o.speed = std::atof(value);
        else if (name == "--faults" && servers::read_faults(o, value)) continue;
        else if (name == "--token-life" && servers::read_token_life(o, value)) continue;
        else return false;
    }
    return o.speed > 0;
}

}  // namespace

int main(int argc, char** argv) {
    servers::simulator_options o;
    if (!read_arguments(o, argc, argv))
        return std::fprintf(stderr, "%s%s", usage.data(), servers::simulator_routes.data()), 2;
    const auto fault = servers::run_simulator(o, [](const std::string& url) {
        std::puts(url.c_str());
        std::fflush(stdout);
    });
    if (!fault.empty()) return std::fprintf(stderr, "simulator: %s\n", fault.c_str()), 1;
}
