// error: no matching constructor|conversion from .* to non-scalar type|cannot convert|no viable conversion
#include <wxmp/data/fields.hpp>

#ifdef WXMP_FAIL
wxmp::flag published = "no";
#else
wxmp::flag published = false;
#endif
