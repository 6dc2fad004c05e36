#include "../../golden.hpp"

#include <wxmp/api/comment/reply_delete.hpp>

WXMP_GOLDEN(comment, reply_delete)
