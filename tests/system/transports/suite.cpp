// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/testing/transport_conformance.hpp>

#include "subjects.hpp"

namespace wxmp_test {

std::vector<std::string> check_names() {
    std::vector<std::string> names;
    for (const auto& c : wxmp::testing::transport_checks()) names.emplace_back(c.name);
    return names;
}

wxmp::testing::check_result check(const std::string& name, const adapter& a, std::size_t largest_body,
                                  std::chrono::milliseconds patience) {
    const auto own = a.own.find(name);
    if (own == a.own.end())
        return wxmp::testing::check_transport(a.make, {{name}, largest_body, patience}).results.at(0);
    const auto wrong = own->second();
    return {name, wrong.empty() ? wxmp::testing::check_outcome::passed : wxmp::testing::check_outcome::failed,
            wrong};
}

}  // namespace wxmp_test
