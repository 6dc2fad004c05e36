#include "../../golden.hpp"

#include <wxmp/api/publish/submit.hpp>

WXMP_GOLDEN(publish, submit)
