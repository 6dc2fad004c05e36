// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_OPERATION_OPTIONS_HPP
#define WXMP_OPERATION_OPTIONS_HPP

#include <wxmp/codec/json_text.hpp>
#include <wxmp/data/limits.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <string>

namespace wxmp {

/// How requests are made. Each default is the right one for the real service.
struct options {
    std::string scheme = "https";               ///< `http` for a simulator
    std::string host = "api.weixin.qq.com";     ///< with `:port` where needed
    std::chrono::milliseconds timeout{30'000};  ///< of one exchange; 0: none
    std::uint64_t max_response = 4u << 20;      ///< bytes of a response: 4 MiB; 0: no limit
    std::uint64_t max_file = 16u << 20;         ///< the same where the answer may be a file: 16 MiB
    std::size_t max_depth = default_max_depth;  ///< nesting of a response
    wxmp::limits limits{};                      ///< checked before anything is sent

    /// Random bits, for multipart boundaries and jitter. Unpredictable by default; a test may inject its own.
    std::function<std::uint64_t()> random = [] {
        std::random_device device;
        return (std::uint64_t{device()} << 32) | device();
    };
};

}  // namespace wxmp

#endif
