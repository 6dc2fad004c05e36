#include "../../golden.hpp"

#include <wxmp/api/draft/add.hpp>

WXMP_GOLDEN(draft, add)
