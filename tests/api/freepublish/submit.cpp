#include "../../golden.hpp"

#include <wxmp/api/freepublish/submit.hpp>

WXMP_GOLDEN(freepublish, submit)
