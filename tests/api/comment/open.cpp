#include "../../golden.hpp"

#include <wxmp/api/comment/open.hpp>

WXMP_GOLDEN(comment, open)
