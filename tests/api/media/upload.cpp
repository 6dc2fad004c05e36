#include "../../golden.hpp"

#include <wxmp/api/media/upload.hpp>

WXMP_GOLDEN(media, upload)
