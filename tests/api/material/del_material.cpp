#include "../../golden.hpp"

#include <wxmp/api/material/del_material.hpp>

WXMP_GOLDEN(material, del_material)
