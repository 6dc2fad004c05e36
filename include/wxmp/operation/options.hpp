// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_OPTIONS_HPP
#define WXMP_OPERATION_OPTIONS_HPP

#include <wxmp/codec/json_reader.hpp>
#include <wxmp/data/limits.hpp>
#include <wxmp/operation/detail/operation_functions.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace wxmp::inline v0_1 {

/// Options for making requests. The defaults are right for the real service.
struct options {
    std::string scheme = "https";               ///< `http` for a simulator
    std::string host = "api.weixin.qq.com";     ///< a name or an address, with `:port` where needed
    std::chrono::milliseconds timeout{30'000};  ///< of one exchange; 0: none
    std::uint64_t max_response = 4u << 20;      ///< maximum size of a response, in bytes; 0: no limit
    std::uint64_t max_file = 16u << 20;         ///< the same for calls that may return a file
    std::size_t max_depth = default_max_depth;  ///< maximum nesting of a JSON response
    wxmp::limits limits{};                      ///< checked before a request is sent

    /// Random numbers, for boundaries and jitter. Unpredictable by default; a test may inject its own.
    std::function<std::uint64_t()> random = detail::random_bits;
};

}  // namespace wxmp::inline v0_1

#endif
