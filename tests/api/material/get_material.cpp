#include "../../golden.hpp"

#include <wxmp/api/material/get_material.hpp>

WXMP_GOLDEN(material, get_material)
