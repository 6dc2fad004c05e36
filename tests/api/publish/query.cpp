#include "../../golden.hpp"

#include <wxmp/api/publish/query.hpp>

WXMP_GOLDEN(publish, query)
