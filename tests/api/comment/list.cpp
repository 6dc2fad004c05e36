#include <wxmp/api/comment/list.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(comment, list)
