// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_FETCH_HPP
#define WXMP_EXAMPLES_WXMP_FETCH_HPP

#include "command.hpp"
#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

namespace tool {

/// What bounds the fetching of a picture from another server.
struct fetch_bounds {
    std::uint64_t bytes{};          ///< the most that it may have
    std::chrono::seconds time{30};  ///< for all of it, with redirects
    int redirects = 5;
    bool reaches_private{};  ///< also from this machine and network, and through a proxy
    std::stop_token stop{};
};

/** Fetches what is at an address, `http://…` or `https://…`. Sends no password, cookie or referrer.

    Only public addresses are connected to, whatever a name or a redirect leads to; so no proxy is used.

    @return its bytes, or an error whose detail tells in words what is wrong; `errc::cancelled` upon a stop
*/
result<std::string> fetch(const std::string& url, const fetch_bounds& within);

/// Whether it was not fetched because it is not at a public address.
bool is_at_private_address(const wxmp::error& e);

}  // namespace tool

#endif
