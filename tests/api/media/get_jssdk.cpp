#include "../../golden.hpp"

#include <wxmp/api/media/get_jssdk.hpp>

WXMP_GOLDEN(media, get_jssdk)
