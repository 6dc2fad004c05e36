#include "../../golden.hpp"

#include <wxmp/api/media/get.hpp>

WXMP_GOLDEN(media, get)
