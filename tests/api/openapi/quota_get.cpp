#include <wxmp/api/openapi/quota_get.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(openapi, quota_get)
