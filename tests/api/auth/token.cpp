#include "../../golden.hpp"

#include <wxmp/api/auth/token.hpp>

WXMP_GOLDEN(auth, token)
