#include "../../golden.hpp"

#include <wxmp/api/freepublish/getarticle.hpp>

WXMP_GOLDEN(freepublish, getarticle)
