// error: deleted function|call to deleted
#include <wxmp/data/limits.hpp>

#include <utility>

bool passes(wxmp::limits l) {
#ifdef WXMP_FAIL
    return wxmp::checker(std::move(l)).ok();
#else
    return wxmp::checker(l).ok();
#endif
}
