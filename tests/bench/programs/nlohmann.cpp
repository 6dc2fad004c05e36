// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// The measure: one parse and one get of nlohmann/json.
#include <nlohmann/json.hpp>

int main() { return nlohmann::json::parse(R"({"total_count":3})").at("total_count").get<int>() == 3 ? 0 : 1; }
