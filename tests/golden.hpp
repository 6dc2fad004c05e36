// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_GOLDEN_HPP
#define WXMP_TESTS_GOLDEN_HPP

#include <wxmp/testing/golden.hpp>

#include <boost/test/unit_test.hpp>

#include "allocations.hpp"
#include <fstream>
#include <iterator>
#include <string>

namespace wxmp::tests {

/// Checks `Op` against the fixture `name`, as `comment/list`.
template <operation Op> void check_fixture(const std::string& name) {
    const auto wrong = testing::check_golden_file<Op>(WXMP_TESTS_DIR "/golden", name + ".json");
    BOOST_TEST(wrong.empty());
    for (const auto& w : wrong) BOOST_ERROR(w);
}

// Each allocation fails once, in both directions and on both sides.
template <operation Op> long fail_each_allocation_of(const json::object& fixture) {
    using wxmp_test::fail_each_allocation;
    const auto recorded = testing::detail::recorded_request(fixture.at("request").as_object()).value();
    const auto op = read_request<Op>(recorded).value();
    auto failures = fail_each_allocation([&] { (void)read_request<Op>(recorded); });
    failures += fail_each_allocation([&] {
        auto r = prepare(op, testing::detail::golden_options());
        authorize(*r, secret("ACCESS_TOKEN"));
    });
    json::array responses;
    if (const auto* several = fixture.if_contains("responses")) responses = several->as_array();
    else responses.push_back(fixture.at("response"));
    for (const auto& r : responses) {
        const auto response = testing::detail::recorded_response(r.as_object());
        const auto value = complete<Op>(response).value();
        failures += fail_each_allocation([&] { (void)complete<Op>(response); });
        failures += fail_each_allocation([&] { (void)write_response<Op>(value); });
    }
    const http::response refusal{200, {}, R"({"errcode":40007,"errmsg":"invalid media_id, hints: [ x ]"})"};
    return failures + fail_each_allocation([&] { (void)complete<Op>(refusal); });
}

template <operation Op> void check_out_of_memory(const std::string& name) {
    std::ifstream in(WXMP_TESTS_DIR "/golden/" + name + ".json", std::ios::binary);
    const auto fixture = json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    BOOST_TEST(fail_each_allocation_of<Op>(fixture.as_object()) > 10);
}

}  // namespace wxmp::tests

/// The test of one call: `WXMP_GOLDEN(comment, list)` is wxmp::comment::list against golden/comment/list.json.
#define WXMP_GOLDEN(family, call)                                                                            \
    BOOST_AUTO_TEST_CASE(family##_##call) {                                                                  \
        wxmp::tests::check_fixture<wxmp::family::call>(#family "/" #call);                                   \
        wxmp::tests::check_out_of_memory<wxmp::family::call>(#family "/" #call);                             \
    }

#endif
