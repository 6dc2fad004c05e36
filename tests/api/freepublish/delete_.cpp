#include <wxmp/api/freepublish/delete_.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(freepublish, delete_)
