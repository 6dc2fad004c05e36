#include <wxmp/api/media/upload.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(media, upload)
