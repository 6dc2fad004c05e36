#include <wxmp/api/material/del_material.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(material, del_material)
