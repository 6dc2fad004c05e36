#include "../../golden.hpp"

#include <wxmp/api/upload_video/save_video.hpp>

WXMP_GOLDEN(upload_video, save_video)
