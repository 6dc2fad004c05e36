#include "../../golden.hpp"

#include <wxmp/api/openapi/quota_get.hpp>

WXMP_GOLDEN(openapi, quota_get)
