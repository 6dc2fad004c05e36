#include "../../golden.hpp"

#include <wxmp/api/openapi/clear_quota_v2.hpp>

WXMP_GOLDEN(openapi, clear_quota_v2)
