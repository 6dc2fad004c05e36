#include <wxmp/api/draft/add.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(draft, add)
