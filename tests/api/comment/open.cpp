#include <wxmp/api/comment/open.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(comment, open)
