// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_DATA_DOWNLOAD_HPP
#define WXMP_DATA_DOWNLOAD_HPP

#include <wxmp/version.hpp>

#include <string>

namespace wxmp::http {

/** A file that came as the answer to a call.

    A response type with a `std::optional<download>` marks its call as one that may be answered by bytes.
*/
struct download {
    std::string filename{};      ///< without folders, perhaps not UTF-8; empty where the service names none
    std::string content_type{};  ///< what the service says: often `text/plain`, whatever the file is
    std::string bytes{};         ///< the file

    friend bool operator==(const download&, const download&) = default;
};

}  // namespace wxmp::http

#endif
