#include "../../golden.hpp"

#include <wxmp/api/openapi/quota_clear.hpp>

WXMP_GOLDEN(openapi, quota_clear)
