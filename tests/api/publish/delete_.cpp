#include "../../golden.hpp"

#include <wxmp/api/publish/delete_.hpp>

WXMP_GOLDEN(publish, delete_)
