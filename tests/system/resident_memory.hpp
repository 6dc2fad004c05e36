// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The resident memory of this process, in KiB, as Linux tells it; -1 if it does not.
#ifndef WXMP_TESTS_SYSTEM_RESIDENT_MEMORY_HPP
#define WXMP_TESTS_SYSTEM_RESIDENT_MEMORY_HPP

#include <fstream>
#include <string>
#include <string_view>

namespace wxmp_test::resident_memory {

inline long figure(std::string_view name) {
    std::ifstream in("/proc/self/status");
    for (std::string word; in >> word;)
        if (long kib{}; word == name && in >> kib) return kib;
    return -1;
}

inline long now() { return figure("VmRSS:"); }

/// Since the process began, or since `forget_peak()`.
inline long peak() { return figure("VmHWM:"); }

inline void forget_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

}  // namespace wxmp_test::resident_memory

#endif
