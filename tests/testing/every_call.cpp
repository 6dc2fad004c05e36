// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
//
// The simulator answers every call of the library. Which these are, the recorded exchanges tell: each call has one.
#include "every_call.hpp"

#include <wxmp/testing/golden.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(testing_every_call)

namespace {

using namespace wxmp;
using namespace wxmp::testing;
using namespace wxmp_test;
namespace files = std::filesystem;

http::request recorded_request(const files::path& fixture) {
    std::ifstream in(fixture);
    const auto v = json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    return testing::detail::recorded_request(v.at("request").as_object()).value();
}

std::vector<http::request> recorded_requests() {
    std::vector<http::request> all;
    for (const auto& entry : files::recursive_directory_iterator(WXMP_TESTS_DIR "/golden"))
        if (entry.path().extension() == ".json") all.push_back(recorded_request(entry.path()));
    return all;
}

names recorded_calls() {
    names all;
    for (const auto& r : recorded_requests()) all.insert(testing::detail::call_name(r));
    return all;
}

BOOST_AUTO_TEST_CASE(the_simulator_has_a_route_for_each_recorded_call) {
    const auto all = recorded_requests();
    BOOST_TEST(all.size() >= 48u);
    BOOST_TEST(recorded_calls().size() == all.size());
    for (const auto& r : all) {
        const auto route = all_calls().find(r);
        BOOST_TEST_REQUIRE(route.has_value(), r.safe_target);
        BOOST_TEST(call_name((*route)->at()) == testing::detail::call_name(r));
    }
}

BOOST_AUTO_TEST_CASE(every_call_is_answered) {
    office o;
    make_every_call(o);
    const auto recorded = recorded_calls(), answered = o.answered();
    BOOST_CHECK_EQUAL_COLLECTIONS(answered.begin(), answered.end(), recorded.begin(), recorded.end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
