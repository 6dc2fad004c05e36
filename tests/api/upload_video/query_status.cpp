#include <wxmp/api/upload_video/query_status.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(upload_video, query_status)
