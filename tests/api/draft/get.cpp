#include <wxmp/api/draft/get.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(draft, get)
