// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_TRANSPORTS_CURL_HPP
#define WXMP_EXAMPLES_TRANSPORTS_CURL_HPP

#include "curl_exchange.hpp"

namespace transports {

/** Blocking, over libcurl 7.85 or newer. Keeps its connections, heeds proxy variables.

    One exchange at a time; a stop may be requested from any thread. TLS may raise SIGPIPE. Neither the timeout
    nor a stop ends a name lookup.
*/
class curl : public curl_settings {
public:
    wxmp::result<wxmp::http::response> send(const wxmp::http::request& r, std::stop_token stop = {}) {
        curl_exchange exchange(multi_.get(), handles_, r, stop, *this);
        // Through a multi handle, as a stop can end its poll.
        for (int running = 1; running != 0 && !exchange.is_stopped();) {
            if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
            if (running != 0) curl_multi_poll(multi_.get(), nullptr, 0, 1000, nullptr);
        }
        int left{};
        const auto* ended = curl_multi_info_read(multi_.get(), &left);
        return exchange.finish(ended ? ended->data.result : CURLE_ABORTED_BY_CALLBACK);
    }

private:
    curl_handles handles_;
    std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_{curl_multi_init(), curl_multi_cleanup};
};

}  // namespace transports

#endif
