#include <wxmp/api/openapi/clear_quota_v2.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(openapi, clear_quota_v2)
