#include <wxmp_mutant.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iterator>

namespace wxmp_mutant {

int chosen = -1;
std::atomic<bool> reached[bound];

// Before anything of the tests is initialised.
__attribute__((constructor(101))) void choose() {
    if (const char* n = std::getenv("WXMP_MUTANT")) chosen = std::atoi(n);
}

__attribute__((destructor)) void tell() {
    const char* path = std::getenv("WXMP_MUTANTS_REACHED");
    std::FILE* file = path ? std::fopen(path, "a") : nullptr;
    if (!file) return;
    for (std::size_t n = 0; n < std::size(reached); ++n)
        if (reached[n]) std::fprintf(file, "%zu\n", n);
    std::fclose(file);
}

}  // namespace wxmp_mutant
