#include "../../golden.hpp"

#include <wxmp/api/material/batchget_material.hpp>

WXMP_GOLDEN(material, batchget_material)
