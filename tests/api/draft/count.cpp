#include "../../golden.hpp"

#include <wxmp/api/draft/count.hpp>

WXMP_GOLDEN(draft, count)
