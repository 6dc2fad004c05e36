#include <wxmp/api/media/get_jssdk.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(media, get_jssdk)
