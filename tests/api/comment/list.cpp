#include "../../golden.hpp"

#include <wxmp/api/comment/list.hpp>

WXMP_GOLDEN(comment, list)
