// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "random_flows.hpp"

#include <boost/test/unit_test.hpp>

#include "../thorough.hpp"
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

BOOST_AUTO_TEST_SUITE(flow_random_flows)

namespace {

using wxmp_test::run_random_flow;

// tests/fuzz/flows.cpp goes on from here.
BOOST_AUTO_TEST_CASE(any_events_and_numbers_bring_each_to_its_end) {
    std::mt19937 random(1);
    for (int i = 0; i != 20'000 / wxmp_test::stride; ++i) {
        std::string input(random() % 400, '\0');
        for (auto& c : input) c = static_cast<char>(random());
        const auto fault = run_random_flow(input);
        BOOST_REQUIRE_MESSAGE(fault.empty(), "input " << i << ": " << fault);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
