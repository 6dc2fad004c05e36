#include <wxmp/api/publish/update.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(publish, update)
