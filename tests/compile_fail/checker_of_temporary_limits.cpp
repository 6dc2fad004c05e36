// error: deleted function|call to deleted
#include <wxmp/data/limits.hpp>

#include <utility>

bool is_refused(wxmp::limits l) {
#ifdef WXMP_FAIL
    return wxmp::checker(std::move(l)).found().has_value();
#else
    return wxmp::checker(l).found().has_value();
#endif
}
