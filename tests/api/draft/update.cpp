#include "../../golden.hpp"

#include <wxmp/api/draft/update.hpp>

WXMP_GOLDEN(draft, update)
