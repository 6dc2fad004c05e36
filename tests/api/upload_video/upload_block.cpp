#include "../../golden.hpp"

#include <wxmp/api/upload_video/upload_block.hpp>

WXMP_GOLDEN(upload_video, upload_block)
