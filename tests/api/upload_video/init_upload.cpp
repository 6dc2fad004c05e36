#include "../../golden.hpp"

#include <wxmp/api/upload_video/init_upload.hpp>

WXMP_GOLDEN(upload_video, init_upload)
