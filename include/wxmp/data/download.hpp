// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DOWNLOAD_HPP
#define WXMP_DATA_DOWNLOAD_HPP

#include <wxmp/version.hpp>

#include <string>

namespace wxmp::inline v0_1::http {

/** A file received as the response to a call.

    A `std::optional<download>` member in a response type means that the call may return a file.
*/
struct download {
    std::string filename{};      ///< without folders, possibly not UTF-8; empty if the service sent none
    std::string content_type{};  ///< as sent by the service: often `text/plain`, whatever the file is
    std::string bytes{};         ///< the content

    friend bool operator==(const download&, const download&) = default;
};

}  // namespace wxmp::inline v0_1::http

#endif
