#include <wxmp/api/draft/count.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(draft, count)
