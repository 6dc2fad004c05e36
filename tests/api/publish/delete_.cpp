#include <wxmp/api/publish/delete_.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(publish, delete_)
