#include "../../golden.hpp"

#include <wxmp/api/publish/uploadnews.hpp>

WXMP_GOLDEN(publish, uploadnews)
