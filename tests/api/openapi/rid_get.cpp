#include <wxmp/api/openapi/rid_get.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(openapi, rid_get)
