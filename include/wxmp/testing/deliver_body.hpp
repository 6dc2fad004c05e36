// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_DELIVER_BODY_HPP
#define WXMP_TESTING_DELIVER_BODY_HPP

#include <wxmp/transport/transport.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::inline v0_1::testing {

/// What a transport returns when it receives `r` as the response to `asked`, the body in pieces of `size`
/// bytes, at least 1.
inline result<http::response> deliver_body(const http::request& asked, http::response r,
                                           std::size_t size = 65'536) {
    const auto body = std::exchange(r.body, {});
    for (std::string_view rest = body; !rest.empty(); rest.remove_prefix(std::min(size, rest.size())))
        if (const auto stop = take_body(asked, r, rest.substr(0, size))) return error(*stop);
    return r;
}

}  // namespace wxmp::inline v0_1::testing

#endif
