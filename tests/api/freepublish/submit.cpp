#include <wxmp/api/freepublish/submit.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(freepublish, submit)
