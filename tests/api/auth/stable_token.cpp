#include "../../golden.hpp"

#include <wxmp/api/auth/stable_token.hpp>

WXMP_GOLDEN(auth, stable_token)
