#include "../../golden.hpp"

#include <wxmp/api/openapi/rid_get.hpp>

WXMP_GOLDEN(openapi, rid_get)
