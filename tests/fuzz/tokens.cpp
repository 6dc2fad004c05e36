// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The renewal of a token, with any answers of the store and the service at any time.
#include "../flow/random_flows.hpp"
#include "target.hpp"
#include <string>
#include <string_view>

void wxmp_fuzz::try_input(std::string_view input) {
    require_none(wxmp_test::run_random_flow('\x08' + std::string(input)));
}
