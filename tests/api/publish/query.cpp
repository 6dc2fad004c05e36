#include <wxmp/api/publish/query.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(publish, query)
