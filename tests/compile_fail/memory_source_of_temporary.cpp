// error: deleted function|call to deleted
#include <wxmp/data/source.hpp>

#include <string>

std::uint64_t size_of(const std::string& text) {
#ifdef WXMP_FAIL
    return wxmp::memory_source(text + "\n").size();
#else
    return wxmp::memory_source(text).size();
#endif
}
