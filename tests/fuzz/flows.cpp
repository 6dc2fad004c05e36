// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any flow with any options, under any events at any time.
#include <wxmp/src.hpp>

#include "../flow/random_flows.hpp"
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto fault = wxmp_test::run_random_flow({reinterpret_cast<const char*>(data), size});
    if (fault.empty()) return 0;
    std::fprintf(stderr, "%s\n", fault.c_str());
    std::abort();
}
