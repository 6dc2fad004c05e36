#include "../../golden.hpp"

#include <wxmp/api/material/get_materialcount.hpp>

WXMP_GOLDEN(material, get_materialcount)
