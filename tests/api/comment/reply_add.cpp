#include <wxmp/api/comment/reply_add.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(comment, reply_add)
