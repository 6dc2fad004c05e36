#include "../../golden.hpp"

#include <wxmp/api/material/add_material.hpp>

WXMP_GOLDEN(material, add_material)
