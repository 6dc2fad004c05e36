#include <wxmp/api/comment/delete_.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(comment, delete_)
