#include <wxmp/api/comment/markelect.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(comment, markelect)
