#include <wxmp/api/media/get.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(media, get)
