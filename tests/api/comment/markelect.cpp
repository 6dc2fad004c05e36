#include "../../golden.hpp"

#include <wxmp/api/comment/markelect.hpp>

WXMP_GOLDEN(comment, markelect)
