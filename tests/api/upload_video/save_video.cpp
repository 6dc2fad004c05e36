#include <wxmp/api/upload_video/save_video.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(upload_video, save_video)
