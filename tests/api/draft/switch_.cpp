#include "../../golden.hpp"

#include <wxmp/api/draft/switch_.hpp>

WXMP_GOLDEN(draft, switch_)
