#include <wxmp/api/upload_video/upload_finish.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(upload_video, upload_finish)
