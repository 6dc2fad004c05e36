#include <wxmp/api/media/uploadimg.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(media, uploadimg)
