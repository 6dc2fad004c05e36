#include "../../golden.hpp"

#include <wxmp/api/comment/unmarkelect.hpp>

WXMP_GOLDEN(comment, unmarkelect)
