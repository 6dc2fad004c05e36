#include <wxmp/api/material/get_material.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(material, get_material)
