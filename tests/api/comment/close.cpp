#include "../../golden.hpp"

#include <wxmp/api/comment/close.hpp>

WXMP_GOLDEN(comment, close)
