// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Any flow with any options, bare or under policies, under any events at any time.
#include "../flow/random_flows.hpp"
#include "target.hpp"
#include <string_view>

namespace wxmp_fuzz {

void try_flows(std::string_view input) { require_none(wxmp_test::run_random_flow(input)); }

}  // namespace wxmp_fuzz
