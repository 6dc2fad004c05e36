#include "../../golden.hpp"

#include <wxmp/api/openapi/clear_quota.hpp>

WXMP_GOLDEN(openapi, clear_quota)
