#include <wxmp/api/freepublish/batchget.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(freepublish, batchget)
