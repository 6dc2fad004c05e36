#include "../../golden.hpp"

#include <wxmp/api/comment/delete_.hpp>

WXMP_GOLDEN(comment, delete_)
