#include "../../golden.hpp"

#include <wxmp/api/draft/delete_.hpp>

WXMP_GOLDEN(draft, delete_)
