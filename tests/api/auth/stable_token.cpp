#include <wxmp/api/auth/stable_token.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(auth, stable_token)
