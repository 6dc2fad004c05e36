#include <wxmp/api/openapi/clear_quota.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(openapi, clear_quota)
