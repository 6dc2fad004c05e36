#include <wxmp/api/upload_video/init_upload.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(upload_video, init_upload)
