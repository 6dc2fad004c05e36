#include <wxmp/api/auth/token.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(auth, token)
