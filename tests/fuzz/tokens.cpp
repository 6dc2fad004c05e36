// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The renewal of a token, by itself or for a call, with any answers of the store and the service at any time.
#include "../flow/random_flows.hpp"
#include "target.hpp"
#include <string>
#include <string_view>

namespace wxmp_fuzz {

void try_tokens(std::string_view input) {
    if (input.empty()) return;
    const char which = input[0] % 2 == 0 ? 0 : 8;
    require_none(wxmp_test::run_random_flow(which + std::string(input.substr(1))));
}

}  // namespace wxmp_fuzz
