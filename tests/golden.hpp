// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_GOLDEN_HPP
#define WXMP_TESTS_GOLDEN_HPP

#include <wxmp/testing/golden.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace wxmp::tests {

/// Checks `Op` against the fixture `name`, as `comment/list`.
template <operation Op> void check_fixture(const std::string& name) {
    const auto wrong = testing::check_golden_file<Op>(WXMP_TESTS_DIR "/golden", name + ".json");
    BOOST_TEST(wrong.empty());
    for (const auto& w : wrong) BOOST_ERROR(w);
}

}  // namespace wxmp::tests

/// The test of one call: `WXMP_GOLDEN(comment, list)` is wxmp::comment::list against golden/comment/list.json.
#define WXMP_GOLDEN(family, call)                                                                            \
    BOOST_AUTO_TEST_CASE(family##_##call) {                                                                  \
        wxmp::tests::check_fixture<wxmp::family::call>(#family "/" #call);                                   \
    }

#endif
