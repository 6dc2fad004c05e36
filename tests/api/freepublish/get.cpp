#include <wxmp/api/freepublish/get.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(freepublish, get)
