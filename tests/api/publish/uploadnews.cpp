#include <wxmp/api/publish/uploadnews.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(publish, uploadnews)
