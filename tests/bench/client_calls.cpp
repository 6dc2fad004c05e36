// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Whole calls over HTTP: the time is that of the caller's thread. What they take in instructions and in calls
// of the system is counted by count_calls.
#include "client/calls.hpp"
#include "harness.hpp"

int main(int argc, char** argv) {
    wxmp_bench::callers all;
    wxmp_bench::harness bench(argc, argv);
    for (auto& way : all.ways()) bench.add(way.call, way.who, way.bytes, way.run);
    return bench.run();
}
