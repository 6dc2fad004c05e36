#include "../../golden.hpp"

#include <wxmp/api/media/uploadimg.hpp>

WXMP_GOLDEN(media, uploadimg)
