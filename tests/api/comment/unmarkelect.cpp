#include <wxmp/api/comment/unmarkelect.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(comment, unmarkelect)
