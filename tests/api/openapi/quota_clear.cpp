#include <wxmp/api/openapi/quota_clear.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(openapi, quota_clear)
