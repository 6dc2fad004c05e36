#include <wxmp/api/comment/reply_delete.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(comment, reply_delete)
