#include <wxmp/api/upload_video/upload_block.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(upload_video, upload_block)
