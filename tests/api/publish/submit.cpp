#include <wxmp/api/publish/submit.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(publish, submit)
