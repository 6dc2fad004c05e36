// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/flow/upload_table.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

BOOST_AUTO_TEST_CASE(upload_diagram_of_the_readme_is_the_table) {
    std::ifstream in(WXMP_TESTS_DIR "/../README.md", std::ios::binary);
    const std::string readme(std::istreambuf_iterator<char>(in), {});
    const std::string begin = "<!-- upload-diagram:begin -->\n", end = "<!-- upload-diagram:end -->\n";
    const auto from = readme.find(begin), to = readme.find(end);
    BOOST_REQUIRE((from != readme.npos && to != readme.npos && from < to));
    const auto found = readme.substr(from + begin.size(), to - from - begin.size());
    BOOST_TEST(found == "```mermaid\n" + wxmp::upload_diagram() + "```\n");
}

}  // namespace
