#include <wxmp/api/draft/switch_.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(draft, switch_)
