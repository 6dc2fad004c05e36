#include <wxmp/api/comment/close.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(comment, close)
