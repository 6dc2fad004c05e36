#include <wxmp/api/draft/update.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(draft, update)
