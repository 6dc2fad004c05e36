#include "../../golden.hpp"

#include <wxmp/api/draft/batchget.hpp>

WXMP_GOLDEN(draft, batchget)
