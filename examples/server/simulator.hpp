// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_SERVER_SIMULATOR_HPP
#define WXMP_EXAMPLES_SERVER_SIMULATOR_HPP

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace servers {

/// How @ref run_simulator behaves. The defaults are the account that the examples use.
struct simulator_options {
    std::uint16_t port{};                      ///< 0: any that is free
    std::string appid = "wx5f0e1d2c3b4a6978";  ///< of the one account
    std::string secret = "simulated";          ///< of the one account
    double speed = 1;                          ///< its clock runs so many times as fast
    unsigned seed{};                           ///< of the dice below
    unsigned percent{};                        ///< of the requests that upload a video fail
    std::chrono::milliseconds slowest{};       ///< how late each of these may be
    std::chrono::seconds token_life{7'200};    ///< how long an access token is valid
    std::chrono::seconds token_overlap{300};   ///< how long it is so once another took its place
};

/// Reads `SEED:PERCENT:MS` into the members of these names; false if it is something else.
bool read_faults(simulator_options& o, const char* text);

/// Reads `SECONDS:OVERLAP` into the last two members; false if it is something else.
bool read_token_life(simulator_options& o, const char* text);

/// What it answers besides the service's own calls.
inline constexpr std::string_view simulator_routes =
    "GET /simulator/requests         how many requests of the service's own calls came\n"
    "GET /simulator/uploads          what was uploaded as video, and which requests came for that\n"
    "GET /simulator/tokens           counts of access tokens; see examples/server/token_log.hpp\n"
    "GET /simulator/page?url=ADDRESS what a public article holds; see examples/server/inspection.hpp\n"
    "POST /simulator/comments        a reader's comment; see examples/server/readers.hpp\n"
    "The request header X-Wxmp-Fault makes a request fail, as `http=500`; see\n"
    "include/wxmp/testing/platform/faults.hpp.\n";

/** Serves the simulated platform over HTTP on the loopback address until SIGINT or SIGTERM.

    @param listening is told its address once it serves
    @return Why it could not; empty if it was ended.
*/
std::string run_simulator(const simulator_options& o,
                          const std::function<void(const std::string&)>& listening);

}  // namespace servers

#endif
