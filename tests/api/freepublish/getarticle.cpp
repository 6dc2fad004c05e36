#include <wxmp/api/freepublish/getarticle.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(freepublish, getarticle)
