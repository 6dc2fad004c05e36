#include <wxmp/api/material/batchget_material.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(material, batchget_material)
