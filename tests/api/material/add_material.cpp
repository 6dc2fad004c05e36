#include <wxmp/api/material/add_material.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(material, add_material)
