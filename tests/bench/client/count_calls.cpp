// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Whole calls over HTTP, for count_calls. Prints how long they took, in seconds.
//
//     wxmp_bench_calls CALL WHO CALLS     a part of the name of each, and how many
#include "calls.hpp"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    wxmp_bench::callers all;
    for (const auto& way : all.ways()) {
        if (way.call.find(argv[1]) == std::string::npos || way.who.find(argv[2]) == std::string::npos)
            continue;
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i != std::atoi(argv[3]); ++i) way.run();
        std::printf("%f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        return 0;
    }
    return 2;
}
