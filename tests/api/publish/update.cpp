#include "../../golden.hpp"

#include <wxmp/api/publish/update.hpp>

WXMP_GOLDEN(publish, update)
