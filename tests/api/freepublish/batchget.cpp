#include "../../golden.hpp"

#include <wxmp/api/freepublish/batchget.hpp>

WXMP_GOLDEN(freepublish, batchget)
