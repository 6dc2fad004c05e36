#include <wxmp/api/material/get_materialcount.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(material, get_materialcount)
