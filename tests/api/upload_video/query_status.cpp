#include "../../golden.hpp"

#include <wxmp/api/upload_video/query_status.hpp>

WXMP_GOLDEN(upload_video, query_status)
