// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// All fuzzers in one program, as linking one for each takes longer than compiling them. The name that it is called by says
// which one it is. WXMP_FUZZERS(X) is X(NAME) for each.
#ifndef WXMP_TESTS_FUZZ_PROGRAM_HPP
#define WXMP_TESTS_FUZZ_PROGRAM_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace wxmp_fuzz {

#define WXMP_DECLARE(name) void try_##name(std::string_view);
WXMP_FUZZERS(WXMP_DECLARE)
#undef WXMP_DECLARE

struct fuzzer {
    std::string_view name;
    void (*run)(std::string_view input);
};

#define WXMP_ENTRY(name) {#name, &try_##name},
constexpr fuzzer fuzzers[] = {WXMP_FUZZERS(WXMP_ENTRY)};
#undef WXMP_ENTRY

inline const fuzzer& fuzzer_of(std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1);
    for (const auto& f : fuzzers)
        if (f.name == name) return f;
    std::fprintf(stderr, "there is no fuzzer %s\n", path.data());
    std::exit(1);
}

inline const fuzzer* chosen = nullptr;

}  // namespace wxmp_fuzz

extern "C" int LLVMFuzzerInitialize(int*, char*** arguments) {
    wxmp_fuzz::chosen = &wxmp_fuzz::fuzzer_of((*arguments)[0]);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wxmp_fuzz::chosen->run({reinterpret_cast<const char*>(data), size});
    return 0;
}

#endif
