#include "../../golden.hpp"

#include <wxmp/api/freepublish/delete_.hpp>

WXMP_GOLDEN(freepublish, delete_)
