#include "../../golden.hpp"

#include <wxmp/api/freepublish/get.hpp>

WXMP_GOLDEN(freepublish, get)
