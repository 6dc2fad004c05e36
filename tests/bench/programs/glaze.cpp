// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A struct by glaze, which finds its members by itself.
#include <cstdint>
#include <glaze/json/read.hpp>

struct response {
    std::int64_t total_count{};
};

int main() {
    const auto answer = glz::read_json<response>(R"({"total_count":3})");
    return answer && answer->total_count == 3 ? 0 : 1;
}
