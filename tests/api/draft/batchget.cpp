#include <wxmp/api/draft/batchget.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(draft, batchget)
