#include "../../golden.hpp"

#include <wxmp/api/draft/get.hpp>

WXMP_GOLDEN(draft, get)
