// error: deleted function|call to deleted
#include <wxmp/data/source.hpp>

#include <string>

wxmp::byte_source_ref source_of(const wxmp::memory_source& bytes) {
#ifdef WXMP_FAIL
    return wxmp::memory_source(bytes);
#else
    return bytes;
#endif
}
