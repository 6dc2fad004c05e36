// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/api/draft/count.hpp>
#include <wxmp/codec/members.hpp>

int main() {
    const auto answer = wxmp::decode<wxmp::draft::count::response>(R"({"total_count":3})");
    return answer && answer->total_count == 3 ? 0 : 1;
}
