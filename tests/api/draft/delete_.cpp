#include <wxmp/api/draft/delete_.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(draft, delete_)
