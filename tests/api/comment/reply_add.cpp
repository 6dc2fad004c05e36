#include "../../golden.hpp"

#include <wxmp/api/comment/reply_add.hpp>

WXMP_GOLDEN(comment, reply_add)
