// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp simulator
#include "server/simulator.hpp"

#include "families.hpp"
#include "language.hpp"
#include "report.hpp"
#include <cstdint>
#include <cstdlib>
#include <string>

namespace tool {

namespace {

void from_environment(std::string& value, const char* name) {
    if (const char* set = std::getenv(name); set && *set) value = set;
}

result<void> simulate(const arguments& a) {
    servers::simulator_options o;
    from_environment(o.appid, "WXMP_APPID");
    from_environment(o.secret, "WXMP_SECRET");
    o.port = static_cast<std::uint16_t>(a.number("--port"));
    o.speed = static_cast<double>(a.number("--speed", 1));
    if (a.has("--faults") && !servers::read_faults(o, a.text("--faults").c_str()))
        return wrong_usage(tr("--faults: not SEED:PERCENT:MS"));
    if (a.has("--token-life") && !servers::read_token_life(o, a.text("--token-life").c_str()))
        return wrong_usage(tr("--token-life: not SECONDS:OVERLAP"));
    const auto fault = servers::run_simulator(o, [](const std::string& url) { print(url); });
    if (!fault.empty()) return local_fault(fault);
    return {};
}

}  // namespace

commands simulator_commands() {
    return {{"simulator",
             tr("Serve a simulation of the service on this machine, for trials: prints its address"),
             {number("--port", tr("to listen on; any that is free if not given"), 0, 65'535),
              number("--speed", tr("how many times as fast its clock runs; 1 if not given"), 1, 1'000'000),
              option("--faults", "SEED:PERCENT:MS",
                     tr("so many percent of the requests of video uploads fail, or are late")),
              option("--token-life", "SECONDS:OVERLAP",
                     tr("of a token, and of one that another took the place of"))},
             {"wxmp simulator --port 8080 --speed 100", "export WXMP_SERVER=http://127.0.0.1:8080"},
             simulate,
             tr("It also answers:") + '\n' + translated(servers::simulator_routes)}};
}

}  // namespace tool
